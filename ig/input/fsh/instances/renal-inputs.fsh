Instance: renal-inputs
InstanceOf: FeatureSet
Usage: #definition
Title: "Features of order checks"
Description: "What orders are held against: age, sex, creatinine, eGFR, weight and height, and what forbids a number or needs a word."
* url = "https://auscult.org/fhir/Library/renal-inputs"
* version = "1.0.0"
* name = "renal_inputs"
* title = "Features of order checks"
* status = #active
* experimental = false
* type = $LibraryType#asset-collection
* relatedArtifact[0].type = #composed-of
* relatedArtifact[0].resource = "https://auscult.org/fhir/Library/feature-age|1.0.0"
* relatedArtifact[1].type = #composed-of
* relatedArtifact[1].resource = "https://auscult.org/fhir/Library/feature-sex|1.0.0"
* relatedArtifact[2].type = #composed-of
* relatedArtifact[2].resource = "https://auscult.org/fhir/Library/feature-creatinine|1.0.0"
* relatedArtifact[3].type = #composed-of
* relatedArtifact[3].resource = "https://auscult.org/fhir/Library/feature-egfr-2021|1.0.0"
* relatedArtifact[4].type = #composed-of
* relatedArtifact[4].resource = "https://auscult.org/fhir/Library/feature-body-weight|1.0.0"
* relatedArtifact[5].type = #composed-of
* relatedArtifact[5].resource = "https://auscult.org/fhir/Library/feature-body-height|1.0.0"
* relatedArtifact[6].type = #composed-of
* relatedArtifact[6].resource = "https://auscult.org/fhir/Library/feature-dialysis-dependence|1.0.0"
* relatedArtifact[7].type = #composed-of
* relatedArtifact[7].resource = "https://auscult.org/fhir/Library/feature-dialysis|1.0.0"
* relatedArtifact[8].type = #composed-of
* relatedArtifact[8].resource = "https://auscult.org/fhir/Library/feature-kidney-transplant|1.0.0"
* relatedArtifact[9].type = #composed-of
* relatedArtifact[9].resource = "https://auscult.org/fhir/Library/feature-kidney-transplantation|1.0.0"
* relatedArtifact[10].type = #composed-of
* relatedArtifact[10].resource = "https://auscult.org/fhir/Library/feature-acute-kidney-injury|1.0.0"
