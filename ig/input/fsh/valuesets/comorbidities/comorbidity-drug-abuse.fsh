ValueSet: ComorbidityDrugAbuse
Id: comorbidity-drug-abuse
Title: "Drug abuse"
Description: "ICD-10 codes of drug abuse for the index of Elixhauser, as listed by Quan 2005 (Med Care 43:1130-1139): each code with all below it, in WHO's ICD-10 and in ICD-10-CM."
* ^version = "1.0.0"
* ^experimental = false
* include codes from system $ICDWHO where concept is-a #F11
* include codes from system $ICDWHO where concept is-a #F12
* include codes from system $ICDWHO where concept is-a #F13
* include codes from system $ICDWHO where concept is-a #F14
* include codes from system $ICDWHO where concept is-a #F15
* include codes from system $ICDWHO where concept is-a #F16
* include codes from system $ICDWHO where concept is-a #F18
* include codes from system $ICDWHO where concept is-a #F19
* include codes from system $ICDWHO where concept is-a #Z71.5
* include codes from system $ICDWHO where concept is-a #Z72.2
* include codes from system $ICD where concept is-a #F11
* include codes from system $ICD where concept is-a #F12
* include codes from system $ICD where concept is-a #F13
* include codes from system $ICD where concept is-a #F14
* include codes from system $ICD where concept is-a #F15
* include codes from system $ICD where concept is-a #F16
* include codes from system $ICD where concept is-a #F18
* include codes from system $ICD where concept is-a #F19
* include codes from system $ICD where concept is-a #Z71.5
* include codes from system $ICD where concept is-a #Z72.2
