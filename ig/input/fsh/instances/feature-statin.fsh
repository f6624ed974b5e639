Instance: feature-statin
InstanceOf: FeatureDefinition
Usage: #definition
Title: "statin treatment"
Description: "statin treatment"
* name = "statin"
* insert Feature(feature-statin, "statin treatment", exists, 1)
* insert Reads(MedicationRequest)
* insert ReadsValueSet(medication, statins)
* insert Within(12, mo)
* extension[countingStatus][0].valueCode = #active
