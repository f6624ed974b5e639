Instance: feature-mews
InstanceOf: FeatureDefinition
Usage: #definition
Title: "MEWS"
Description: "Modified Early Warning Score: points from 0 to 14, of systolic pressure, heart rate, respiratory rate, temperature and the AVPU scale. In its publication, 5 and more went with death and intensive care."
* name = "mews"
* insert Feature(feature-mews, "MEWS", derived, {score})
* usage = "For adults in hospital. As published; many hospitals have tables of their own. A heart rate of 40, which the table leaves open, counts as below it. Each input is its last value in its window: they need not be of one moment."
* relatedArtifact[0].type = #depends-on
* relatedArtifact[0].resource = "https://auscult.org/fhir/Library/feature-age|1.0.0"
* relatedArtifact[1].type = #depends-on
* relatedArtifact[1].resource = "https://auscult.org/fhir/Library/feature-systolic-bp-12h|1.0.0"
* relatedArtifact[2].type = #depends-on
* relatedArtifact[2].resource = "https://auscult.org/fhir/Library/feature-pulse-12h|1.0.0"
* relatedArtifact[3].type = #depends-on
* relatedArtifact[3].resource = "https://auscult.org/fhir/Library/feature-respiratory-rate-12h|1.0.0"
* relatedArtifact[4].type = #depends-on
* relatedArtifact[4].resource = "https://auscult.org/fhir/Library/feature-temperature-12h|1.0.0"
* relatedArtifact[5].type = #depends-on
* relatedArtifact[5].resource = "https://auscult.org/fhir/Library/feature-voice-only-12h|1.0.0"
* relatedArtifact[6].type = #depends-on
* relatedArtifact[6].resource = "https://auscult.org/fhir/Library/feature-pain-only-12h|1.0.0"
* relatedArtifact[7].type = #depends-on
* relatedArtifact[7].resource = "https://auscult.org/fhir/Library/feature-unresponsive-12h|1.0.0"
* relatedArtifact[8].type = #citation
* relatedArtifact[8].citation = "Subbe CP, Kruger M, Rutherford P, Gemmel L. Validation of a modified Early Warning Score in medical admissions. QJM 2001;94:521-526."
* extension[expression].valueString = "when(age >= 18 'a', quantity(if(round(systolic_bp_12h) <= 70 'mm[Hg]', 3, if(round(systolic_bp_12h) <= 80 'mm[Hg]', 2, if(round(systolic_bp_12h) <= 100 'mm[Hg]', 1, if(round(systolic_bp_12h) <= 199 'mm[Hg]', 0, 2)))) + if(round(pulse_12h) <= 40 '/min', 2, if(round(pulse_12h) <= 50 '/min', 1, if(round(pulse_12h) <= 100 '/min', 0, if(round(pulse_12h) <= 110 '/min', 1, if(round(pulse_12h) <= 129 '/min', 2, 3))))) + if(round(respiratory_rate_12h) <= 8 '/min', 2, if(round(respiratory_rate_12h) <= 14 '/min', 0, if(round(respiratory_rate_12h) <= 20 '/min', 1, if(round(respiratory_rate_12h) <= 29 '/min', 2, 3)))) + if(round(number(temperature_12h, 'Cel') * 10) <= 349, 2, if(round(number(temperature_12h, 'Cel') * 10) <= 384, 0, 2)) + voice_only_12h + 2 * pain_only_12h + 3 * unresponsive_12h, '{score}'))"
