ValueSet: Pregnancy
Id: pregnancy
Title: "Pregnancy"
Description: "Diagnoses that say: pregnant. SNOMED CT, with the codes that Synthea writes, and ICD-10-CM. To be confirmed by a clinician: complications of pregnancy under codes of their own are not among them."
* ^version = "1.0.0"
* ^experimental = false
* $SCT#77386006 "Pregnancy"
* $SCT#72892002 "Normal pregnancy"
* $SCT#47200007 "High risk pregnancy"
* $SCT#79586000 "Tubal pregnancy"
* $ICD#Z33.1 "Pregnant state, incidental"
