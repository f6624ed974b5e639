Instance: feature-antihypertensive
InstanceOf: FeatureDefinition
Usage: #definition
Title: "antihypertensive treatment"
Description: "antihypertensive treatment"
* name = "antihypertensive"
* insert Feature(feature-antihypertensive, "antihypertensive treatment", exists, 1)
* insert Reads(MedicationRequest)
* insert ReadsValueSet(medication, antihypertensives)
* insert Within(12, mo)
* extension[countingStatus][0].valueCode = #active
