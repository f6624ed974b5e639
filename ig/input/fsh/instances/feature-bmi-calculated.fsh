Instance: feature-bmi-calculated
InstanceOf: FeatureDefinition
Usage: #definition
Title: "body mass index of weight and height"
Description: "Weight over the square of height. For what was recorded as an index there is feature-bmi."
* name = "bmi_calculated"
* insert Feature(feature-bmi-calculated, "body mass index of weight and height", derived, kg/m2)
* usage = "For adults; for children the index is read by age and sex. Weight of the last 12 months, height of the last 10 years."
* relatedArtifact[0].type = #depends-on
* relatedArtifact[0].resource = "https://auscult.org/fhir/Library/feature-body-weight|1.0.0"
* relatedArtifact[1].type = #depends-on
* relatedArtifact[1].resource = "https://auscult.org/fhir/Library/feature-body-height|1.0.0"
* relatedArtifact[2].type = #citation
* relatedArtifact[2].citation = "Keys A, Fidanza F, Karvonen MJ, Kimura N, Taylor HL. Indices of relative weight and obesity. J Chronic Dis 1972;25:329-343."
* extension[expression].valueString = "weight / height ^ 2"
