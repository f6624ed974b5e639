Instance: comorbidity-elixhauser
InstanceOf: FeatureDefinition
Usage: #definition
Title: "Elixhauser comorbidity score by van Walraven"
Description: "The comorbidities of Elixhauser by the ICD-10 codes of Quan 2005, with the weights of van Walraven 2009: -19 to 85. Those of weight 0 are not looked at. Of metastatic cancer and a solid tumour the former counts alone."
* name = "elixhauser_van_walraven"
* insert Feature(comorbidity-elixhauser, "Elixhauser comorbidity score by van Walraven", derived, {score})
* usage = "For groups of adults in hospital, to adjust for the risk of death. It takes diagnoses coded in ICD-10 or ICD-10-CM from the whole record, also those of the stay at hand: where problems are coded in SNOMED CT alone, it says 0 of the sick."
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
* relatedArtifact[5].resource = "https://auscult.org/fhir/Library/comorbidity-arrhythmia|1.0.0"
* relatedArtifact[6].type = #depends-on
* relatedArtifact[6].resource = "https://auscult.org/fhir/Library/comorbidity-valvular-disease|1.0.0"
* relatedArtifact[7].type = #depends-on
* relatedArtifact[7].resource = "https://auscult.org/fhir/Library/comorbidity-pulmonary-circulation-disorder|1.0.0"
* relatedArtifact[8].type = #depends-on
* relatedArtifact[8].resource = "https://auscult.org/fhir/Library/comorbidity-other-neurological-disorder|1.0.0"
* relatedArtifact[9].type = #depends-on
* relatedArtifact[9].resource = "https://auscult.org/fhir/Library/comorbidity-renal-failure|1.0.0"
* relatedArtifact[10].type = #depends-on
* relatedArtifact[10].resource = "https://auscult.org/fhir/Library/comorbidity-liver-disease|1.0.0"
* relatedArtifact[11].type = #depends-on
* relatedArtifact[11].resource = "https://auscult.org/fhir/Library/comorbidity-lymphoma|1.0.0"
* relatedArtifact[12].type = #depends-on
* relatedArtifact[12].resource = "https://auscult.org/fhir/Library/comorbidity-solid-tumour|1.0.0"
* relatedArtifact[13].type = #depends-on
* relatedArtifact[13].resource = "https://auscult.org/fhir/Library/comorbidity-coagulopathy|1.0.0"
* relatedArtifact[14].type = #depends-on
* relatedArtifact[14].resource = "https://auscult.org/fhir/Library/comorbidity-obesity|1.0.0"
* relatedArtifact[15].type = #depends-on
* relatedArtifact[15].resource = "https://auscult.org/fhir/Library/comorbidity-weight-loss|1.0.0"
* relatedArtifact[16].type = #depends-on
* relatedArtifact[16].resource = "https://auscult.org/fhir/Library/comorbidity-fluid-electrolyte-disorder|1.0.0"
* relatedArtifact[17].type = #depends-on
* relatedArtifact[17].resource = "https://auscult.org/fhir/Library/comorbidity-blood-loss-anaemia|1.0.0"
* relatedArtifact[18].type = #depends-on
* relatedArtifact[18].resource = "https://auscult.org/fhir/Library/comorbidity-deficiency-anaemia|1.0.0"
* relatedArtifact[19].type = #depends-on
* relatedArtifact[19].resource = "https://auscult.org/fhir/Library/comorbidity-drug-abuse|1.0.0"
* relatedArtifact[20].type = #depends-on
* relatedArtifact[20].resource = "https://auscult.org/fhir/Library/comorbidity-depression|1.0.0"
* relatedArtifact[21].type = #citation
* relatedArtifact[21].citation = "Elixhauser A, Steiner C, Harris DR, Coffey RM. Comorbidity measures for use with administrative data. Med Care 1998;36:8-27."
* relatedArtifact[22].type = #citation
* relatedArtifact[22].citation = "van Walraven C, Austin PC, Jennings A, Quan H, Forster AJ. A modification of the Elixhauser comorbidity measures into a point system for hospital death using administrative data. Med Care 2009;47:626-633."
* relatedArtifact[23].type = #citation
* relatedArtifact[23].citation = "Quan H, Sundararajan V, Halfon P, et al. Coding algorithms for defining comorbidities in ICD-9-CM and ICD-10 administrative data. Med Care 2005;43:1130-1139."
* extension[expression].valueString = "quantity(7 * comorbidity_heart_failure + 5 * comorbidity_arrhythmia - comorbidity_valvular_disease + 4 * comorbidity_pulmonary_circulation_disorder + 2 * comorbidity_peripheral_vascular_disease + 7 * comorbidity_paralysis + 6 * comorbidity_other_neurological_disorder + 3 * comorbidity_chronic_pulmonary_disease + 5 * comorbidity_renal_failure + 11 * comorbidity_liver_disease + 9 * comorbidity_lymphoma + 3 * comorbidity_coagulopathy - 4 * comorbidity_obesity + 6 * comorbidity_weight_loss + 5 * comorbidity_fluid_electrolyte_disorder - 2 * comorbidity_blood_loss_anaemia - 2 * comorbidity_deficiency_anaemia - 7 * comorbidity_drug_abuse - 3 * comorbidity_depression + max(12 * comorbidity_metastatic_cancer, 4 * comorbidity_solid_tumour), '{score}')"
