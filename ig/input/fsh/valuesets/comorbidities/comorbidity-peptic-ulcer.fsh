ValueSet: ComorbidityPepticUlcer
Id: comorbidity-peptic-ulcer
Title: "Peptic ulcer disease"
Description: "ICD-10 codes of peptic ulcer disease for the index of Charlson, as listed by Quan 2005 (Med Care 43:1130-1139): each code with all below it, in WHO's ICD-10 and in ICD-10-CM."
* ^version = "1.0.0"
* ^experimental = false
* include codes from system $ICDWHO where concept is-a #K25
* include codes from system $ICDWHO where concept is-a #K26
* include codes from system $ICDWHO where concept is-a #K27
* include codes from system $ICDWHO where concept is-a #K28
* include codes from system $ICD where concept is-a #K25
* include codes from system $ICD where concept is-a #K26
* include codes from system $ICD where concept is-a #K27
* include codes from system $ICD where concept is-a #K28
