ValueSet: ComorbidityChronicPulmonaryDisease
Id: comorbidity-chronic-pulmonary-disease
Title: "Chronic pulmonary disease"
Description: "ICD-10 codes of chronic pulmonary disease for the index of Charlson and Elixhauser, as listed by Quan 2005 (Med Care 43:1130-1139): each code with all below it, in WHO's ICD-10 and in ICD-10-CM."
* ^version = "1.0.0"
* ^experimental = false
* include codes from system $ICDWHO where concept is-a #I27.8
* include codes from system $ICDWHO where concept is-a #I27.9
* include codes from system $ICDWHO where concept is-a #J40
* include codes from system $ICDWHO where concept is-a #J41
* include codes from system $ICDWHO where concept is-a #J42
* include codes from system $ICDWHO where concept is-a #J43
* include codes from system $ICDWHO where concept is-a #J44
* include codes from system $ICDWHO where concept is-a #J45
* include codes from system $ICDWHO where concept is-a #J46
* include codes from system $ICDWHO where concept is-a #J47
* include codes from system $ICDWHO where concept is-a #J60
* include codes from system $ICDWHO where concept is-a #J61
* include codes from system $ICDWHO where concept is-a #J62
* include codes from system $ICDWHO where concept is-a #J63
* include codes from system $ICDWHO where concept is-a #J64
* include codes from system $ICDWHO where concept is-a #J65
* include codes from system $ICDWHO where concept is-a #J66
* include codes from system $ICDWHO where concept is-a #J67
* include codes from system $ICDWHO where concept is-a #J68.4
* include codes from system $ICDWHO where concept is-a #J70.1
* include codes from system $ICDWHO where concept is-a #J70.3
* include codes from system $ICD where concept is-a #I27.8
* include codes from system $ICD where concept is-a #I27.9
* include codes from system $ICD where concept is-a #J40
* include codes from system $ICD where concept is-a #J41
* include codes from system $ICD where concept is-a #J42
* include codes from system $ICD where concept is-a #J43
* include codes from system $ICD where concept is-a #J44
* include codes from system $ICD where concept is-a #J45
* include codes from system $ICD where concept is-a #J46
* include codes from system $ICD where concept is-a #J47
* include codes from system $ICD where concept is-a #J60
* include codes from system $ICD where concept is-a #J61
* include codes from system $ICD where concept is-a #J62
* include codes from system $ICD where concept is-a #J63
* include codes from system $ICD where concept is-a #J64
* include codes from system $ICD where concept is-a #J65
* include codes from system $ICD where concept is-a #J66
* include codes from system $ICD where concept is-a #J67
* include codes from system $ICD where concept is-a #J68.4
* include codes from system $ICD where concept is-a #J70.1
* include codes from system $ICD where concept is-a #J70.3
