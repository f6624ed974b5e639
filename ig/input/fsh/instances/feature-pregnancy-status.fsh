Instance: feature-pregnancy-status
InstanceOf: FeatureDefinition
Usage: #definition
Title: "pregnancy status"
Description: "The pregnancy status last recorded."
* name = "pregnancy_status"
* insert Feature(feature-pregnancy-status, "pregnancy status", latest, 1)
* insert Reads(Observation)
* insert ReadsCode(0, $LNC#82810-3)
* insert Within(10, mo)
* extension[trueValues].valueCanonical = "https://auscult.org/fhir/ValueSet/pregnant|1.0.0"
* extension[falseValues].valueCanonical = "https://auscult.org/fhir/ValueSet/not-pregnant|1.0.0"
* extension[missingDefault].valueQuantity.value = 0
* extension[missingDefault].valueQuantity.unit = "no pregnancy status on record; conditions are read beside it"
