Instance: ckd-epi-inputs
InstanceOf: FeatureSet
Usage: #definition
Title: "Inputs of CKD-EPI 2021"
Description: "Features of CKD-EPI 2021: first the inputs in tensor order, then what decides eligibility."
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
* relatedArtifact[3].type = #composed-of
* relatedArtifact[3].resource = "https://auscult.org/fhir/Library/feature-acute-kidney-injury|1.0.0"
