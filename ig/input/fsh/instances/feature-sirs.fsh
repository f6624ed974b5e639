Instance: feature-sirs
InstanceOf: FeatureDefinition
Usage: #definition
Title: "SIRS criteria"
Description: "How many of four criteria hold: temperature above 38 or below 36 degrees; heart rate above 90; respiratory rate above 20 or arterial carbon dioxide below 32 mm[Hg]; leukocytes above 12 or below 4 thousand, or more than 10 % band forms."
* name = "sirs"
* insert Feature(feature-sirs, "SIRS criteria", derived, {score})
* usage = "For adults. Carbon dioxide and band forms are asked for where they were measured; where not, they do not meet a criterion. Each input is its last value in its window: they need not be of one moment."
* relatedArtifact[0].type = #depends-on
* relatedArtifact[0].resource = "https://auscult.org/fhir/Library/feature-age|1.0.0"
* relatedArtifact[1].type = #depends-on
* relatedArtifact[1].resource = "https://auscult.org/fhir/Library/feature-temperature-12h|1.0.0"
* relatedArtifact[2].type = #depends-on
* relatedArtifact[2].resource = "https://auscult.org/fhir/Library/feature-pulse-12h|1.0.0"
* relatedArtifact[3].type = #depends-on
* relatedArtifact[3].resource = "https://auscult.org/fhir/Library/feature-respiratory-rate-12h|1.0.0"
* relatedArtifact[4].type = #depends-on
* relatedArtifact[4].resource = "https://auscult.org/fhir/Library/feature-arterial-carbon-dioxide-12h|1.0.0"
* relatedArtifact[5].type = #depends-on
* relatedArtifact[5].resource = "https://auscult.org/fhir/Library/feature-leukocytes-24h|1.0.0"
* relatedArtifact[6].type = #depends-on
* relatedArtifact[6].resource = "https://auscult.org/fhir/Library/feature-band-forms-24h|1.0.0"
* relatedArtifact[7].type = #citation
* relatedArtifact[7].citation = "Bone RC, Balk RA, Cerra FB, et al. Definitions for sepsis and organ failure and guidelines for the use of innovative therapies in sepsis. Chest 1992;101:1644-1655."
* extension[expression].valueString = "when(age >= 18 'a', quantity((temperature_12h > 38 'Cel' or temperature_12h < 36 'Cel') + (pulse_12h > 90 '/min') + (respiratory_rate_12h > 20 '/min' or coalesce(arterial_carbon_dioxide_12h < 32 'mm[Hg]', 0)) + (leukocytes_24h > 12 '10*3/uL' or leukocytes_24h < 4 '10*3/uL' or coalesce(band_forms_24h > 10 '%', 0)), '{score}'))"
