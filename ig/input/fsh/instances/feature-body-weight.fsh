Instance: feature-body-weight
InstanceOf: FeatureDefinition
Usage: #definition
Title: "body weight"
Description: "Body weight of the last twelve months, for Cockcroft-Gault and body surface."
* name = "weight"
* insert Feature(feature-body-weight, "body weight", latest, kg)
* insert Reads(Observation)
* insert ReadsCode(0, $LNC#29463-7)
* insert Within(12, mo)
* insert Plausible(20, 400, kg)
