Instance: feature-body-height
InstanceOf: FeatureDefinition
Usage: #definition
Title: "body height"
Description: "Body height of the last ten years: that of adults hardly changes."
* name = "height"
* insert Feature(feature-body-height, "body height", latest, cm)
* insert Reads(Observation)
* insert ReadsCode(0, $LNC#8302-2)
* insert Within(10, a)
* insert Plausible(100, 250, cm)
