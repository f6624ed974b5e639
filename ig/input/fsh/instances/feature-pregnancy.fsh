Instance: feature-pregnancy
InstanceOf: FeatureDefinition
Usage: #definition
Title: "pregnancy"
Description: "A pregnancy among the active conditions."
* name = "pregnancy"
* insert Feature(feature-pregnancy, "pregnancy", exists, 1)
* insert Reads(Condition)
* insert ReadsValueSet(code, pregnancy)
