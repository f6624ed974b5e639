Instance: feature-current-smoker
InstanceOf: FeatureDefinition
Usage: #definition
Title: "current smoking"
Description: "current smoking"
* name = "current_smoker"
* insert Feature(feature-current-smoker, "current smoking", latest, 1)
* insert Reads(Observation)
* insert ReadsCode(0, $LNC#72166-2)
* insert Within(5, a)
* extension[trueValues].valueCanonical = "https://auscult.org/fhir/ValueSet/current-smoker|1.0.0"
* extension[falseValues].valueCanonical = "https://auscult.org/fhir/ValueSet/not-current-smoker|1.0.0"
