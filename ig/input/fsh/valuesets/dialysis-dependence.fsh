ValueSet: DialysisDependence
Id: dialysis-dependence
Title: "Dependence on dialysis"
Description: "Diagnoses that say: treated by dialysis. SNOMED CT (with the code for end-stage disease that Synthea writes) and ICD-10-CM, where N18.6 includes chronic dialysis. To be confirmed by a clinician at each site: end-stage disease without dialysis is taken for kidney failure here, so that the model keeps silent."
* ^version = "1.0.0"
* ^experimental = false
* $SCT#105502003 "Dependence on renal dialysis"
* $SCT#714152005 "Chronic kidney disease stage 5 on dialysis"
* $SCT#236435004 "End stage renal failure on dialysis"
* $SCT#46177005 "End-stage renal disease"
* $ICD#N18.6 "End stage renal disease"
* $ICD#Z99.2 "Dependence on renal dialysis"
