Instance: news2-inputs
InstanceOf: FeatureSet
Usage: #definition
Title: "Features of NEWS2"
Description: "Features of NEWS2: first the inputs in tensor order, then what decides eligibility."
* url = "https://auscult.org/fhir/Library/news2-inputs"
* version = "1.0.0"
* name = "news2_inputs"
* title = "Features of NEWS2"
* status = #active
* experimental = false
* type = $LibraryType#asset-collection
* relatedArtifact[0].type = #composed-of
* relatedArtifact[0].resource = "https://auscult.org/fhir/Library/feature-respiratory-rate-12h|1.0.0"
* relatedArtifact[1].type = #composed-of
* relatedArtifact[1].resource = "https://auscult.org/fhir/Library/feature-oxygen-saturation-12h|1.0.0"
* relatedArtifact[2].type = #composed-of
* relatedArtifact[2].resource = "https://auscult.org/fhir/Library/feature-supplemental-oxygen-12h|1.0.0"
* relatedArtifact[3].type = #composed-of
* relatedArtifact[3].resource = "https://auscult.org/fhir/Library/feature-spo2-scale-2|1.0.0"
* relatedArtifact[4].type = #composed-of
* relatedArtifact[4].resource = "https://auscult.org/fhir/Library/feature-systolic-bp-12h|1.0.0"
* relatedArtifact[5].type = #composed-of
* relatedArtifact[5].resource = "https://auscult.org/fhir/Library/feature-pulse-12h|1.0.0"
* relatedArtifact[6].type = #composed-of
* relatedArtifact[6].resource = "https://auscult.org/fhir/Library/feature-altered-consciousness-12h|1.0.0"
* relatedArtifact[7].type = #composed-of
* relatedArtifact[7].resource = "https://auscult.org/fhir/Library/feature-temperature-12h|1.0.0"
* relatedArtifact[8].type = #composed-of
* relatedArtifact[8].resource = "https://auscult.org/fhir/Library/feature-age|1.0.0"
* relatedArtifact[9].type = #composed-of
* relatedArtifact[9].resource = "https://auscult.org/fhir/Library/feature-pregnancy|1.0.0"
* relatedArtifact[10].type = #composed-of
* relatedArtifact[10].resource = "https://auscult.org/fhir/Library/feature-pregnancy-status|1.0.0"
* relatedArtifact[11].type = #composed-of
* relatedArtifact[11].resource = "https://auscult.org/fhir/Library/feature-in-hospital|1.0.0"
