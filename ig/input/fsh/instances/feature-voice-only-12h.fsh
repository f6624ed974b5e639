Instance: feature-voice-only-12h
InstanceOf: FeatureDefinition
Usage: #definition
Title: "responds to voice only"
Description: "Whether the last answer of the last 12 hours on the ACVPU scale was this one. New confusion is a patient who is awake: on the AVPU scale it is A."
* name = "voice_only_12h"
* insert Feature(feature-voice-only-12h, "responds to voice only", latest, 1)
* insert Reads(Observation)
* insert ReadsCode(0, $LNC#80288-4)
* insert ReadsCode(1, $LNC#67775-7)
* insert ReadsCode(2, $SCT#1104441000000107)
* insert Within(12, h)
* extension[trueValues].valueCanonical = "https://auscult.org/fhir/ValueSet/avpu-voice|1.0.0"
* extension[falseValues].valueCanonical = "https://auscult.org/fhir/ValueSet/avpu-not-voice|1.0.0"
