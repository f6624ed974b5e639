Instance: feature-dialysis-dependence
InstanceOf: FeatureDefinition
Usage: #definition
Title: "dependence on dialysis"
Description: "A diagnosis that says: treated by dialysis."
* name = "dialysis_dependence"
* insert Feature(feature-dialysis-dependence, "dependence on dialysis", exists, 1)
* insert Reads(Condition)
* insert ReadsValueSet(code, dialysis-dependence)
* extension[countingStatus][0].valueCode = #active
* extension[countingStatus][1].valueCode = #recurrence
* extension[countingStatus][2].valueCode = #relapse
* extension[countingStatus][3].valueCode = #remission
