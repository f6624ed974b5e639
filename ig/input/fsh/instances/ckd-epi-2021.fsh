Instance: ckd-epi-2021
InstanceOf: PredictionModel
Usage: #definition
Title: "CKD-EPI 2021 (creatinine)"
Description: "Estimated glomerular filtration rate from creatinine, age and sex, without race."
* url = "https://auscult.org/fhir/Library/ckd-epi-2021"
* version = "1.0.0"
* name = "ckd_epi_2021"
* title = "CKD-EPI 2021 (creatinine)"
* status = #draft
* experimental = false
* type = $LibraryType#logic-library
* relatedArtifact[0].type = #depends-on
* relatedArtifact[0].resource = "https://auscult.org/fhir/Library/ckd-epi-inputs|1.0.0"
* relatedArtifact[1].type = #citation
* relatedArtifact[1].citation = "Inker LA, Eneanya ND, Coresh J, et al. N Engl J Med 2021;385:1737-1749"
* extension[outputKind].valueCode = #value
* extension[input][0].extension[name].valueString = "creatinine"
* extension[input][0].extension[title].valueString = "creatinine"
* extension[input][0].extension[feature].valueString = "creatinine"
* extension[input][0].extension[unit].valueCode = #mg/dL
* extension[input][0].extension[reference].valueDecimal = 0.8
* extension[input][1].extension[name].valueString = "age"
* extension[input][1].extension[title].valueString = "age at the creatinine"
* extension[input][1].extension[feature].valueString = "age_at_creatinine"
* extension[input][1].extension[unit].valueCode = #a
* extension[input][1].extension[valid].valueRange.low = 18 'a'
* extension[input][1].extension[reference].valueDecimal = 55
* extension[input][2].extension[name].valueString = "sex"
* extension[input][2].extension[title].valueString = "sex"
* extension[input][2].extension[feature].valueString = "sex"
* extension[input][2].extension[unit].valueCode = #1
* extension[output][0].extension[name].valueString = "egfr"
* extension[output][0].extension[title].valueString = "eGFR by CKD-EPI 2021"
* extension[output][0].extension[unit].valueCode = #mL/min/{1.73_m2}
* extension[output][0].extension[code].valueCoding = $LNC#98979-8
* extension[eligibility][0].extension[feature].valueString = "age_at_creatinine"
* extension[eligibility][0].extension[within].valueRange.low = 18 'a'
* extension[eligibility][0].extension[code].valueCode = #age-out-of-range
* extension[eligibility][0].extension[text].valueString = "CKD-EPI 2021 speaks of adults"
* insert MustNotBe(1, acute_kidney_injury, acute-kidney-injury, "With acute kidney injury creatinine is in no steady state and CKD-EPI 2021 says nothing")
* usage = "For clinicians and for other models here: filtration of the kidneys estimated from a creatinine in a steady state, in adults."
* extension[deviceStatus].extension[status].valueCode = #undetermined
* extension[deviceStatus].extension[rationale].valueString = "Undetermined: nobody has assessed this copy, which is for research and demonstration. It computes a published equation that every laboratory computes; whoever puts it to use determines it."
* insert Sensitive(0, age_at_creatinine, age, "The published equation takes age\, since creatinine is made of muscle\, which falls with age; it also limits eligibility to adults.")
* insert Sensitive(1, sex, sex, "The published equation takes sex\, since creatinine is made of muscle. The equation of 2021 takes no race.")
