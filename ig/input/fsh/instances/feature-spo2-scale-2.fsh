Instance: feature-spo2-scale-2
InstanceOf: FeatureDefinition
Usage: #definition
Title: "use of SpO2 scale 2"
Description: "Only where a clinician designated it; never inferred from a diagnosis or from saturations. The College's rule is scale 1 in all other circumstances, so a complete search that found no designation means scale 1, and says so; an incomplete one leaves it missing."
* name = "spo2_scale_2"
* insert Feature(feature-spo2-scale-2, "use of SpO2 scale 2", latest, 1)
* insert Reads(Observation)
* insert ReadsCode(0, Spo2Scale#designated-scale)
* extension[trueValues].valueCanonical = "https://auscult.org/fhir/ValueSet/spo2-scale-2|1.0.0"
* extension[falseValues].valueCanonical = "https://auscult.org/fhir/ValueSet/spo2-scale-1|1.0.0"
* extension[missingDefault].valueQuantity.value = 0
* extension[missingDefault].valueQuantity.unit = "scale 1, for no clinician designated scale 2 (Royal College of Physicians, 2017)"
