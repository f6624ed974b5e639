Instance: prevent-inputs
InstanceOf: FeatureSet
Usage: #definition
Title: "Inputs of PREVENT 2023"
Description: "Features of PREVENT 2023: first the inputs in tensor order, then what decides eligibility."
* url = "https://auscult.org/fhir/Library/prevent-inputs"
* version = "1.0.0"
* name = "prevent_inputs"
* title = "Inputs of PREVENT 2023"
* status = #active
* experimental = false
* type = $LibraryType#asset-collection
* relatedArtifact[0].type = #composed-of
* relatedArtifact[0].resource = "https://auscult.org/fhir/Library/feature-age|1.0.0"
* relatedArtifact[1].type = #composed-of
* relatedArtifact[1].resource = "https://auscult.org/fhir/Library/feature-sex|1.0.0"
* relatedArtifact[2].type = #composed-of
* relatedArtifact[2].resource = "https://auscult.org/fhir/Library/feature-total-cholesterol|1.0.0"
* relatedArtifact[3].type = #composed-of
* relatedArtifact[3].resource = "https://auscult.org/fhir/Library/feature-hdl-cholesterol|1.0.0"
* relatedArtifact[4].type = #composed-of
* relatedArtifact[4].resource = "https://auscult.org/fhir/Library/feature-systolic-bp|1.0.0"
* relatedArtifact[5].type = #composed-of
* relatedArtifact[5].resource = "https://auscult.org/fhir/Library/feature-bmi|1.0.0"
* relatedArtifact[6].type = #composed-of
* relatedArtifact[6].resource = "https://auscult.org/fhir/Library/feature-egfr-2021|1.0.0"
* relatedArtifact[7].type = #composed-of
* relatedArtifact[7].resource = "https://auscult.org/fhir/Library/feature-diabetes|1.0.0"
* relatedArtifact[8].type = #composed-of
* relatedArtifact[8].resource = "https://auscult.org/fhir/Library/feature-current-smoker|1.0.0"
* relatedArtifact[9].type = #composed-of
* relatedArtifact[9].resource = "https://auscult.org/fhir/Library/feature-antihypertensive|1.0.0"
* relatedArtifact[10].type = #composed-of
* relatedArtifact[10].resource = "https://auscult.org/fhir/Library/feature-statin|1.0.0"
* relatedArtifact[11].type = #composed-of
* relatedArtifact[11].resource = "https://auscult.org/fhir/Library/feature-cardiovascular-disease|1.0.0"
* relatedArtifact[12].type = #composed-of
* relatedArtifact[12].resource = "https://auscult.org/fhir/Library/feature-acute-kidney-injury|1.0.0"
