Instance: feature-sex
InstanceOf: FeatureDefinition
Usage: #definition
Title: "sex"
Description: "sex"
* name = "sex"
* insert Feature(feature-sex, "sex", sex, 1)
