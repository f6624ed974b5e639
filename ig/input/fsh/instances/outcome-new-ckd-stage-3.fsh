Instance: outcome-new-ckd-stage-3
InstanceOf: OutcomeDefinition
Usage: #definition
Title: "new chronic kidney disease, stage 3 or more"
Description: "eGFR (CKD-EPI 2021, as reported) below 60 for at least 90 days: a first value within two years, a second one at least 90 and at most 730 days after it, and none between them of 60 or more. Dated by the first. Who had it before, is on dialysis or has a transplant is not asked about."
* name = "new_ckd_stage_3"
* insert Outcome(outcome-new-ckd-stage-3, [["new chronic kidney disease, stage 3 or more"]], crossing)
* insert Reads(Observation)
* insert ReadsCode(0, $LNC#98979-8)
* insert Plausible(1, 250, mL/min/{1.73_m2})
* extension[threshold].valueQuantity = 60 'mL/min/{1.73_m2}'
* extension[threshold].valueQuantity.comparator = #<
* extension[confirmedAfter].valueDuration = 90 'd'
* extension[confirmedWithin].valueDuration = 730 'd'
* extension[measured].valueBoolean = true
* extension[horizon].valueDuration = 2 'a'
* extension[firstEver].valueBoolean = true
* extension[exclusion][0].valueCanonical = "https://auscult.org/fhir/Library/feature-dialysis-dependence|1.0.0"
* extension[exclusion][1].valueCanonical = "https://auscult.org/fhir/Library/feature-kidney-transplant|1.0.0"
* insert Source([["KDIGO 2024 Clinical Practice Guideline for the Evaluation and Management of Chronic Kidney Disease, Kidney Int 2024;105(4S): GFR below 60 mL/min/1.73 m2 for a minimum of 3 months."]])
