Instance: feature-total-cholesterol
InstanceOf: FeatureDefinition
Usage: #definition
Title: "total cholesterol"
Description: "total cholesterol"
* name = "total_cholesterol"
* insert Feature(feature-total-cholesterol, "total cholesterol", latest, mg/dL)
* insert Reads(Observation)
* insert ReadsCode(0, $LNC#2093-3)
* insert ReadsCode(1, $LNC#14647-2)
* insert Within(5, a)
* insert Plausible(30, 1000, mg/dL)
