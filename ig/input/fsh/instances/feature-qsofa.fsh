Instance: feature-qsofa
InstanceOf: FeatureDefinition
Usage: #definition
Title: "qSOFA"
Description: "Points from 0 to 3: respiratory rate of 22 or more, systolic pressure of 100 or less, altered mentation (a Glasgow coma score below 15 or, where none is recorded, the ACVPU scale). 2 and more with an infection speak for a poor outcome."
* name = "qsofa"
* insert Feature(feature-qsofa, "qSOFA", derived, {score})
* usage = "For adults with a suspected infection outside intensive care; whether there is one is not looked at here. Each input is its last value in its window: they need not be of one moment."
* relatedArtifact[0].type = #depends-on
* relatedArtifact[0].resource = "https://auscult.org/fhir/Library/feature-age|1.0.0"
* relatedArtifact[1].type = #depends-on
* relatedArtifact[1].resource = "https://auscult.org/fhir/Library/feature-respiratory-rate-12h|1.0.0"
* relatedArtifact[2].type = #depends-on
* relatedArtifact[2].resource = "https://auscult.org/fhir/Library/feature-systolic-bp-12h|1.0.0"
* relatedArtifact[3].type = #depends-on
* relatedArtifact[3].resource = "https://auscult.org/fhir/Library/feature-glasgow-coma-score-12h|1.0.0"
* relatedArtifact[4].type = #depends-on
* relatedArtifact[4].resource = "https://auscult.org/fhir/Library/feature-altered-consciousness-12h|1.0.0"
* relatedArtifact[5].type = #citation
* relatedArtifact[5].citation = "Seymour CW, Liu VX, Iwashyna TJ, et al. Assessment of clinical criteria for sepsis. JAMA 2016;315:762-774."
* extension[expression].valueString = "when(age >= 18 'a', quantity((respiratory_rate_12h >= 22 '/min') + (systolic_bp_12h <= 100 'mm[Hg]') + coalesce(glasgow_coma_score_12h < 15 '{score}', altered_consciousness_12h), '{score}'))"
