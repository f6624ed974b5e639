ValueSet: NotPregnant
Id: not-pregnant
Title: "Not pregnant"
Description: "Answers to the pregnancy status (LOINC 82810-3) that mean: not pregnant."
* ^version = "1.0.0"
* ^experimental = false
* $SCT#60001007 "Not pregnant"
* $LNC#LA26683-5 "Not pregnant"
