ValueSet: ComorbidityMetastaticCancer
Id: comorbidity-metastatic-cancer
Title: "Metastatic cancer"
Description: "ICD-10 codes of metastatic cancer for the index of Charlson and Elixhauser, as listed by Quan 2005 (Med Care 43:1130-1139): each code with all below it, in WHO's ICD-10 and in ICD-10-CM."
* ^version = "1.0.0"
* ^experimental = false
* include codes from system $ICDWHO where concept is-a #C77
* include codes from system $ICDWHO where concept is-a #C78
* include codes from system $ICDWHO where concept is-a #C79
* include codes from system $ICDWHO where concept is-a #C80
* include codes from system $ICD where concept is-a #C77
* include codes from system $ICD where concept is-a #C78
* include codes from system $ICD where concept is-a #C79
* include codes from system $ICD where concept is-a #C80
