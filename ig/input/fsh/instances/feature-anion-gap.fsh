Instance: feature-anion-gap
InstanceOf: FeatureDefinition
Usage: #definition
Title: "anion gap"
Description: "Sodium less chloride and bicarbonate, without potassium: what is not measured. A high one speaks for acids that are not measured."
* name = "anion_gap"
* insert Feature(feature-anion-gap, "anion gap", derived, mmol/L)
* usage = "What is normal depends on the laboratory and falls with albumin. Each input is its last value in its window: they need not be of one moment."
* relatedArtifact[0].type = #depends-on
* relatedArtifact[0].resource = "https://auscult.org/fhir/Library/feature-sodium-24h|1.0.0"
* relatedArtifact[1].type = #depends-on
* relatedArtifact[1].resource = "https://auscult.org/fhir/Library/feature-chloride-24h|1.0.0"
* relatedArtifact[2].type = #depends-on
* relatedArtifact[2].resource = "https://auscult.org/fhir/Library/feature-bicarbonate-24h|1.0.0"
* relatedArtifact[3].type = #citation
* relatedArtifact[3].citation = "Emmett M, Narins RG. Clinical use of the anion gap. Medicine (Baltimore) 1977;56:38-54."
* extension[expression].valueString = "sodium_24h - (chloride_24h + bicarbonate_24h)"
