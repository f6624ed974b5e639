ValueSet: KidneyTransplant
Id: kidney-transplant
Title: "Transplanted kidney"
Description: "Diagnoses and histories that say: has or had a transplanted kidney. SNOMED CT, with the codes that Synthea writes, and ICD-10-CM. Waiting for a transplant is not among them. To be confirmed by a clinician: a failed transplant excludes too."
* ^version = "1.0.0"
* ^experimental = false
* $SCT#161665007 "History of renal transplant"
* $SCT#737295003 "Transplanted kidney present"
* $SCT#714153000 "Chronic kidney disease stage 5 with transplant"
* $SCT#213150003 "Kidney transplant failure and rejection"
* $ICD#Z94.0 "Kidney transplant status"
* $ICD#T86.10 "Unspecified complication of kidney transplant"
* $ICD#T86.11 "Kidney transplant rejection"
* $ICD#T86.12 "Kidney transplant failure"
