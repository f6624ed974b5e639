Instance: feature-kidney-transplant
InstanceOf: FeatureDefinition
Usage: #definition
Title: "transplanted kidney"
Description: "A diagnosis or history that says: has or had a transplanted kidney; also a resolved one."
* name = "kidney_transplant"
* insert Feature(feature-kidney-transplant, "transplanted kidney", exists, 1)
* insert Reads(Condition)
* insert ReadsValueSet(code, kidney-transplant)
* extension[countingStatus][0].valueCode = #active
* extension[countingStatus][1].valueCode = #recurrence
* extension[countingStatus][2].valueCode = #relapse
* extension[countingStatus][3].valueCode = #inactive
* extension[countingStatus][4].valueCode = #remission
* extension[countingStatus][5].valueCode = #resolved
