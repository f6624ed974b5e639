Instance: comorbidity-charlson
InstanceOf: FeatureDefinition
Usage: #definition
Title: "Charlson comorbidity index"
Description: "The index of 1987 with its own weights, without age, by the ICD-10 codes of Quan 2005: 0 to 29. Of mild and severe liver disease, of diabetes without and with complications, and of cancer and metastatic cancer the graver counts alone."
* name = "charlson_index"
* insert Feature(comorbidity-charlson, "Charlson comorbidity index", derived, {score})
* usage = "For groups of adults, to say how ill they are for other reasons than the one at hand; for a single patient it is coarse. It takes diagnoses coded in ICD-10 or ICD-10-CM from the whole record: where problems are coded in SNOMED CT alone, it says 0 of the sick."
* relatedArtifact[0].type = #depends-on
* relatedArtifact[0].resource = "https://auscult.org/fhir/Library/comorbidity-heart-failure|1.0.0"
* relatedArtifact[1].type = #depends-on
* relatedArtifact[1].resource = "https://auscult.org/fhir/Library/comorbidity-peripheral-vascular-disease|1.0.0"
* relatedArtifact[2].type = #depends-on
* relatedArtifact[2].resource = "https://auscult.org/fhir/Library/comorbidity-chronic-pulmonary-disease|1.0.0"
* relatedArtifact[3].type = #depends-on
* relatedArtifact[3].resource = "https://auscult.org/fhir/Library/comorbidity-paralysis|1.0.0"
* relatedArtifact[4].type = #depends-on
* relatedArtifact[4].resource = "https://auscult.org/fhir/Library/comorbidity-metastatic-cancer|1.0.0"
* relatedArtifact[5].type = #depends-on
* relatedArtifact[5].resource = "https://auscult.org/fhir/Library/comorbidity-myocardial-infarction|1.0.0"
* relatedArtifact[6].type = #depends-on
* relatedArtifact[6].resource = "https://auscult.org/fhir/Library/comorbidity-cerebrovascular-disease|1.0.0"
* relatedArtifact[7].type = #depends-on
* relatedArtifact[7].resource = "https://auscult.org/fhir/Library/comorbidity-dementia|1.0.0"
* relatedArtifact[8].type = #depends-on
* relatedArtifact[8].resource = "https://auscult.org/fhir/Library/comorbidity-rheumatic-disease|1.0.0"
* relatedArtifact[9].type = #depends-on
* relatedArtifact[9].resource = "https://auscult.org/fhir/Library/comorbidity-peptic-ulcer|1.0.0"
* relatedArtifact[10].type = #depends-on
* relatedArtifact[10].resource = "https://auscult.org/fhir/Library/comorbidity-mild-liver-disease|1.0.0"
* relatedArtifact[11].type = #depends-on
* relatedArtifact[11].resource = "https://auscult.org/fhir/Library/comorbidity-severe-liver-disease|1.0.0"
* relatedArtifact[12].type = #depends-on
* relatedArtifact[12].resource = "https://auscult.org/fhir/Library/comorbidity-diabetes-uncomplicated|1.0.0"
* relatedArtifact[13].type = #depends-on
* relatedArtifact[13].resource = "https://auscult.org/fhir/Library/comorbidity-diabetes-complicated|1.0.0"
* relatedArtifact[14].type = #depends-on
* relatedArtifact[14].resource = "https://auscult.org/fhir/Library/comorbidity-renal-disease|1.0.0"
* relatedArtifact[15].type = #depends-on
* relatedArtifact[15].resource = "https://auscult.org/fhir/Library/comorbidity-malignancy|1.0.0"
* relatedArtifact[16].type = #depends-on
* relatedArtifact[16].resource = "https://auscult.org/fhir/Library/comorbidity-hiv|1.0.0"
* relatedArtifact[17].type = #citation
* relatedArtifact[17].citation = "Charlson ME, Pompei P, Ales KL, MacKenzie CR. A new method of classifying prognostic comorbidity in longitudinal studies: development and validation. J Chronic Dis 1987;40:373-383."
* relatedArtifact[18].type = #citation
* relatedArtifact[18].citation = "Quan H, Sundararajan V, Halfon P, et al. Coding algorithms for defining comorbidities in ICD-9-CM and ICD-10 administrative data. Med Care 2005;43:1130-1139."
* extension[expression].valueString = "quantity(comorbidity_myocardial_infarction + comorbidity_heart_failure + comorbidity_peripheral_vascular_disease + comorbidity_cerebrovascular_disease + comorbidity_dementia + comorbidity_chronic_pulmonary_disease + comorbidity_rheumatic_disease + comorbidity_peptic_ulcer + max(comorbidity_mild_liver_disease, 3 * comorbidity_severe_liver_disease) + max(comorbidity_diabetes_uncomplicated, 2 * comorbidity_diabetes_complicated) + 2 * comorbidity_paralysis + 2 * comorbidity_renal_disease + max(2 * comorbidity_malignancy, 6 * comorbidity_metastatic_cancer) + 6 * comorbidity_hiv, '{score}')"
