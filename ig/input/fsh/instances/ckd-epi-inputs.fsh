Instance: ckd-epi-inputs
InstanceOf: FeatureSet
Usage: #definition
Title: "Inputs of CKD-EPI 2021"
Description: "Inputs of CKD-EPI 2021, in tensor order."
* url = "https://auscult.org/fhir/Library/ckd-epi-inputs"
* version = "1.0.0"
* name = "ckd_epi_inputs"
* title = "Inputs of CKD-EPI 2021"
* status = #active
* experimental = false
* type = $LibraryType#asset-collection
* relatedArtifact[0].type = #composed-of
* relatedArtifact[0].resource = "https://auscult.org/fhir/Library/feature-creatinine|1.0.0"
* relatedArtifact[1].type = #composed-of
* relatedArtifact[1].resource = "https://auscult.org/fhir/Library/feature-age-at-creatinine|1.0.0"
* relatedArtifact[2].type = #composed-of
* relatedArtifact[2].resource = "https://auscult.org/fhir/Library/feature-sex|1.0.0"
