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
