Instance: feature-altered-consciousness-12h
InstanceOf: FeatureDefinition
Usage: #definition
Title: "altered consciousness"
Description: "New confusion, or responding only to voice, to pain or not at all (ACVPU), as recorded in the last 12 hours."
* name = "altered_consciousness_12h"
* insert Feature(feature-altered-consciousness-12h, "altered consciousness", latest, 1)
* insert Reads(Observation)
* insert ReadsCode(0, $LNC#80288-4)
* insert ReadsCode(1, $LNC#67775-7)
* insert ReadsCode(2, $SCT#1104441000000107)
* insert Within(12, h)
* extension[trueValues].valueCanonical = "https://auscult.org/fhir/ValueSet/altered-consciousness|1.0.0"
* extension[falseValues].valueCanonical = "https://auscult.org/fhir/ValueSet/alert|1.0.0"
