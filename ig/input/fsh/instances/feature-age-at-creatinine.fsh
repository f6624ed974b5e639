Instance: feature-age-at-creatinine
InstanceOf: FeatureDefinition
Usage: #definition
Title: "age at the creatinine"
Description: "age at the creatinine"
* name = "age_at_creatinine"
* insert Feature(feature-age-at-creatinine, "age at the creatinine", age, a)
* extension[anchor].valueString = "creatinine"
