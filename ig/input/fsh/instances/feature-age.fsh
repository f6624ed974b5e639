Instance: feature-age
InstanceOf: FeatureDefinition
Usage: #definition
Title: "age"
Description: "age"
* name = "age"
* insert Feature(feature-age, "age", age, a)
