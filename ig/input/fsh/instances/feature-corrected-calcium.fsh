Instance: feature-corrected-calcium
InstanceOf: FeatureDefinition
Usage: #definition
Title: "calcium corrected for albumin"
Description: "Total calcium as it would be at an albumin of 4 g/dL: 0.8 mg/dL for each g/dL. An estimate; ionised calcium is the measure."
* name = "corrected_calcium"
* insert Feature(feature-corrected-calcium, "calcium corrected for albumin", derived, mg/dL)
* usage = "For adults. Not where proteins are abnormal, nor for decisions where ionised calcium can be measured. The factor 0.8 mg/dL per g/dL is that in general use (0.02 mmol/L per g/L); Payne gave 1. Each input is its last value in its window: they need not be of one moment."
* relatedArtifact[0].type = #depends-on
* relatedArtifact[0].resource = "https://auscult.org/fhir/Library/feature-calcium-24h|1.0.0"
* relatedArtifact[1].type = #depends-on
* relatedArtifact[1].resource = "https://auscult.org/fhir/Library/feature-albumin-24h|1.0.0"
* relatedArtifact[2].type = #citation
* relatedArtifact[2].citation = "Correcting the calcium. Br Med J 1977;1:598."
* relatedArtifact[3].type = #citation
* relatedArtifact[3].citation = "Payne RB, Little AJ, Williams RB, Milner JR. Interpretation of serum calcium in patients with abnormal serum proteins. Br Med J 1973;4:643-646."
* extension[expression].valueString = "calcium_24h + quantity(0.8 * (4 - number(albumin_24h, 'g/dL')), 'mg/dL')"
