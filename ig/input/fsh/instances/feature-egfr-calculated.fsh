Instance: feature-egfr-calculated
InstanceOf: FeatureDefinition
Usage: #definition
Title: "eGFR by CKD-EPI 2021 of the creatinine"
Description: "Filtration of the kidneys estimated from creatinine, age at its time, and sex, without race; the same numbers as those of the model ckd-epi-2021. For what the laboratory reported there is feature-egfr-2021."
* name = "egfr_calculated"
* insert Feature(feature-egfr-calculated, "eGFR by CKD-EPI 2021 of the creatinine", derived, mL/min/{1.73_m2})
* usage = "For people of 18 years or more with a creatinine in a steady state: not in acute kidney injury, in pregnancy, nor on dialysis, which the model ckd-epi-2021 looks at and this feature does not."
* relatedArtifact[0].type = #depends-on
* relatedArtifact[0].resource = "https://auscult.org/fhir/Library/feature-creatinine|1.0.0"
* relatedArtifact[1].type = #depends-on
* relatedArtifact[1].resource = "https://auscult.org/fhir/Library/feature-age-at-creatinine|1.0.0"
* relatedArtifact[2].type = #depends-on
* relatedArtifact[2].resource = "https://auscult.org/fhir/Library/feature-sex|1.0.0"
* relatedArtifact[3].type = #citation
* relatedArtifact[3].citation = "Inker LA, Eneanya ND, Coresh J, et al. New creatinine- and cystatin C-based equations to estimate GFR without race. N Engl J Med 2021;385:1737-1749."
* extension[expression].valueString = "when(age_at_creatinine >= 18 'a', quantity(142 * min(number(creatinine, 'mg/dL') / if(sex = 1, 0.7, 0.9), 1) ^ if(sex = 1, -0.241, -0.302) * max(number(creatinine, 'mg/dL') / if(sex = 1, 0.7, 0.9), 1) ^ -1.2 * 0.9938 ^ number(age_at_creatinine, 'a') * if(sex = 1, 1.012, 1), 'mL/min/{1.73_m2}'))"
