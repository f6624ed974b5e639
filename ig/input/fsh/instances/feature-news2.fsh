Instance: feature-news2
InstanceOf: FeatureDefinition
Usage: #definition
Title: "NEWS2"
Description: "National Early Warning Score 2: points from 0 to 20, of seven parameters; the same numbers as those of the model news2."
* name = "news2_score"
* insert Feature(feature-news2, "NEWS2", derived, {score})
* usage = "For people of 16 years or more who are in hospital and not pregnant; only age is looked at here, the rest by the model news2, which also holds the observations to one set. Each input is its last value in its window: they need not be of one moment."
* relatedArtifact[0].type = #depends-on
* relatedArtifact[0].resource = "https://auscult.org/fhir/Library/feature-age|1.0.0"
* relatedArtifact[1].type = #depends-on
* relatedArtifact[1].resource = "https://auscult.org/fhir/Library/feature-respiratory-rate-12h|1.0.0"
* relatedArtifact[2].type = #depends-on
* relatedArtifact[2].resource = "https://auscult.org/fhir/Library/feature-oxygen-saturation-12h|1.0.0"
* relatedArtifact[3].type = #depends-on
* relatedArtifact[3].resource = "https://auscult.org/fhir/Library/feature-spo2-scale-2|1.0.0"
* relatedArtifact[4].type = #depends-on
* relatedArtifact[4].resource = "https://auscult.org/fhir/Library/feature-supplemental-oxygen-12h|1.0.0"
* relatedArtifact[5].type = #depends-on
* relatedArtifact[5].resource = "https://auscult.org/fhir/Library/feature-systolic-bp-12h|1.0.0"
* relatedArtifact[6].type = #depends-on
* relatedArtifact[6].resource = "https://auscult.org/fhir/Library/feature-pulse-12h|1.0.0"
* relatedArtifact[7].type = #depends-on
* relatedArtifact[7].resource = "https://auscult.org/fhir/Library/feature-altered-consciousness-12h|1.0.0"
* relatedArtifact[8].type = #depends-on
* relatedArtifact[8].resource = "https://auscult.org/fhir/Library/feature-temperature-12h|1.0.0"
* relatedArtifact[9].type = #citation
* relatedArtifact[9].citation = "Royal College of Physicians. National Early Warning Score (NEWS) 2. London: RCP, 2017."
* extension[expression].valueString = "when(age >= 16 'a', quantity(if(round(respiratory_rate_12h) <= 8 '/min', 3, if(round(respiratory_rate_12h) <= 11 '/min', 1, if(round(respiratory_rate_12h) <= 20 '/min', 0, if(round(respiratory_rate_12h) <= 24 '/min', 2, 3)))) + if(spo2_scale_2 = 1, if(round(oxygen_saturation_12h) <= 83 '%', 3, if(round(oxygen_saturation_12h) <= 85 '%', 2, if(round(oxygen_saturation_12h) <= 87 '%', 1, if(supplemental_oxygen_12h = 0, 0, if(round(oxygen_saturation_12h) <= 92 '%', 0, if(round(oxygen_saturation_12h) <= 94 '%', 1, if(round(oxygen_saturation_12h) <= 96 '%', 2, 3))))))), if(round(oxygen_saturation_12h) <= 91 '%', 3, if(round(oxygen_saturation_12h) <= 93 '%', 2, if(round(oxygen_saturation_12h) <= 95 '%', 1, 0)))) + 2 * supplemental_oxygen_12h + if(round(systolic_bp_12h) <= 90 'mm[Hg]', 3, if(round(systolic_bp_12h) <= 100 'mm[Hg]', 2, if(round(systolic_bp_12h) <= 110 'mm[Hg]', 1, if(round(systolic_bp_12h) <= 219 'mm[Hg]', 0, 3)))) + if(round(pulse_12h) <= 40 '/min', 3, if(round(pulse_12h) <= 50 '/min', 1, if(round(pulse_12h) <= 90 '/min', 0, if(round(pulse_12h) <= 110 '/min', 1, if(round(pulse_12h) <= 130 '/min', 2, 3))))) + 3 * altered_consciousness_12h + if(round(number(temperature_12h, 'Cel') * 10) <= 350, 3, if(round(number(temperature_12h, 'Cel') * 10) <= 360, 1, if(round(number(temperature_12h, 'Cel') * 10) <= 380, 0, if(round(number(temperature_12h, 'Cel') * 10) <= 390, 1, 2)))), '{score}'))"
