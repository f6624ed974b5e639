Instance: kfre-4var-non-north-america
InstanceOf: PredictionModel
Usage: #definition
Title: "KFRE, four variables, outside North America"
Description: "2-year and 5-year risk of kidney failure (dialysis or transplant) for adults with an eGFR below 60, without dialysis or a transplant and without acute kidney injury; calibrated for countries outside North America. The equation predates CKD-EPI 2021: it was made with eGFRs by earlier equations, and here takes the one of 2021, so its risks are a little less certain than published. Age is in completed years at the time of the prediction. Research and demonstration; not a substitute for clinical judgement."
* insert Model(kfre-4var-non-north-america, kfre_4var_non_north_america, kfre-inputs, probability)
* title = "KFRE (four variables, outside North America)"
* relatedArtifact[1].citation = "Tangri N, Stevens LA, Griffith J, et al. JAMA 2011;305:1553-9. Recalibrated: Tangri N, Grams ME, Levey AS, et al. JAMA 2016;315:164-174"
* purpose = "For the calibration region that a site states: countries outside North America. The other region has a model of its own."
* insert KidneyFailureRisk
* usage = "For clinicians, in planning the care of an adult with chronic kidney disease and an eGFR below 60: the risk of kidney failure within two and five years. Not for acute illness."
* extension[deviceStatus].extension[status].valueCode = #undetermined
* extension[deviceStatus].extension[rationale].valueString = "Undetermined: nobody has assessed this copy, which is for research and demonstration. A published equation whose inputs and their effects are shown, for a decision that can wait, speaks for software that a clinician can review independently (section 520(o)(1)(E) of the FD&C Act); whoever puts it to use determines it."
* insert Sensitive(0, age, age, "The published equation takes age; it also limits eligibility to adults. An eGFR that is calculated here takes age too.")
* insert Sensitive(1, sex, sex, "The published equation takes sex. An eGFR that is calculated here takes sex too\, and no race.")
