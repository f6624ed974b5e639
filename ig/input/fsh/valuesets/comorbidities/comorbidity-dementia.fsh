ValueSet: ComorbidityDementia
Id: comorbidity-dementia
Title: "Dementia"
Description: "ICD-10 codes of dementia for the index of Charlson, as listed by Quan 2005 (Med Care 43:1130-1139): each code with all below it, in WHO's ICD-10 and in ICD-10-CM."
* ^version = "1.0.0"
* ^experimental = false
* include codes from system $ICDWHO where concept is-a #F00
* include codes from system $ICDWHO where concept is-a #F01
* include codes from system $ICDWHO where concept is-a #F02
* include codes from system $ICDWHO where concept is-a #F03
* include codes from system $ICDWHO where concept is-a #F05.1
* include codes from system $ICDWHO where concept is-a #G30
* include codes from system $ICDWHO where concept is-a #G31.1
* include codes from system $ICD where concept is-a #F00
* include codes from system $ICD where concept is-a #F01
* include codes from system $ICD where concept is-a #F02
* include codes from system $ICD where concept is-a #F03
* include codes from system $ICD where concept is-a #F05.1
* include codes from system $ICD where concept is-a #G30
* include codes from system $ICD where concept is-a #G31.1
