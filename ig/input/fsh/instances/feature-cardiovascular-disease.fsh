Instance: feature-cardiovascular-disease
InstanceOf: FeatureDefinition
Usage: #definition
Title: "known cardiovascular disease"
Description: "Also a resolved one: a past infarction stays known disease."
* name = "cardiovascular_disease"
* insert Feature(feature-cardiovascular-disease, "known cardiovascular disease", exists, 1)
* insert Reads(Condition)
* insert ReadsValueSet(code, cardiovascular-disease)
* extension[countingStatus][0].valueCode = #active
* extension[countingStatus][1].valueCode = #recurrence
* extension[countingStatus][2].valueCode = #relapse
* extension[countingStatus][3].valueCode = #inactive
* extension[countingStatus][4].valueCode = #remission
* extension[countingStatus][5].valueCode = #resolved
