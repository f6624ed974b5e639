Instance: feature-in-hospital
InstanceOf: FeatureDefinition
Usage: #definition
Title: "in hospital now"
Description: "An inpatient or emergency encounter in progress, whose period has not ended."
* name = "in_hospital"
* insert Feature(feature-in-hospital, "in hospital now", exists, 1)
* insert Reads(Encounter)
* insert ReadsValueSet(class, hospital-encounter)
* insert Within(1, min)
* extension[countingStatus][0].valueCode = #in-progress
