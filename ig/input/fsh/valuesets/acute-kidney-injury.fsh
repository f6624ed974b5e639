ValueSet: AcuteKidneyInjury
Id: acute-kidney-injury
Title: "Acute kidney injury"
Description: "Diagnoses of acute kidney injury: SNOMED CT and ICD-10-CM. To be confirmed by a clinician: postpartum and traumatic forms are not among them."
* ^version = "1.0.0"
* ^experimental = false
* $SCT#14669001 "Acute kidney injury"
* $SCT#35455006 "Acute tubular necrosis"
* $SCT#298015003 "Acute renal papillary necrosis"
* $ICD#N17.0 "Acute kidney failure with tubular necrosis"
* $ICD#N17.1 "Acute kidney failure with acute cortical necrosis"
* $ICD#N17.2 "Acute kidney failure with medullary necrosis"
* $ICD#N17.8 "Other acute kidney failure"
* $ICD#N17.9 "Acute kidney failure, unspecified"
