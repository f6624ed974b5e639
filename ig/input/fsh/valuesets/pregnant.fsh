ValueSet: Pregnant
Id: pregnant
Title: "Pregnant"
Description: "Answers to the pregnancy status (LOINC 82810-3) that mean: pregnant."
* ^version = "1.0.0"
* ^experimental = false
* $SCT#77386006 "Pregnant"
* $LNC#LA15173-0 "Pregnant"
