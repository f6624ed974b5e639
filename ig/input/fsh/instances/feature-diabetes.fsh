Instance: feature-diabetes
InstanceOf: FeatureDefinition
Usage: #definition
Title: "diabetes"
Description: "diabetes"
* name = "diabetes"
* insert Feature(feature-diabetes, "diabetes", exists, 1)
* insert Reads(Condition)
* insert ReadsValueSet(code, diabetes)
* extension[countingStatus][0].valueCode = #active
* extension[countingStatus][1].valueCode = #recurrence
* extension[countingStatus][2].valueCode = #relapse
* extension[countingStatus][3].valueCode = #remission
