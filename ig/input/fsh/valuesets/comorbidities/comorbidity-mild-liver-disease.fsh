ValueSet: ComorbidityMildLiverDisease
Id: comorbidity-mild-liver-disease
Title: "Mild liver disease"
Description: "ICD-10 codes of mild liver disease for the index of Charlson, as listed by Quan 2005 (Med Care 43:1130-1139): each code with all below it, in WHO's ICD-10 and in ICD-10-CM."
* ^version = "1.0.0"
* ^experimental = false
* include codes from system $ICDWHO where concept is-a #B18
* include codes from system $ICDWHO where concept is-a #K70.0
* include codes from system $ICDWHO where concept is-a #K70.1
* include codes from system $ICDWHO where concept is-a #K70.2
* include codes from system $ICDWHO where concept is-a #K70.3
* include codes from system $ICDWHO where concept is-a #K70.9
* include codes from system $ICDWHO where concept is-a #K71.3
* include codes from system $ICDWHO where concept is-a #K71.4
* include codes from system $ICDWHO where concept is-a #K71.5
* include codes from system $ICDWHO where concept is-a #K71.7
* include codes from system $ICDWHO where concept is-a #K73
* include codes from system $ICDWHO where concept is-a #K74
* include codes from system $ICDWHO where concept is-a #K76.0
* include codes from system $ICDWHO where concept is-a #K76.2
* include codes from system $ICDWHO where concept is-a #K76.3
* include codes from system $ICDWHO where concept is-a #K76.4
* include codes from system $ICDWHO where concept is-a #K76.8
* include codes from system $ICDWHO where concept is-a #K76.9
* include codes from system $ICDWHO where concept is-a #Z94.4
* include codes from system $ICD where concept is-a #B18
* include codes from system $ICD where concept is-a #K70.0
* include codes from system $ICD where concept is-a #K70.1
* include codes from system $ICD where concept is-a #K70.2
* include codes from system $ICD where concept is-a #K70.3
* include codes from system $ICD where concept is-a #K70.9
* include codes from system $ICD where concept is-a #K71.3
* include codes from system $ICD where concept is-a #K71.4
* include codes from system $ICD where concept is-a #K71.5
* include codes from system $ICD where concept is-a #K71.7
* include codes from system $ICD where concept is-a #K73
* include codes from system $ICD where concept is-a #K74
* include codes from system $ICD where concept is-a #K76.0
* include codes from system $ICD where concept is-a #K76.2
* include codes from system $ICD where concept is-a #K76.3
* include codes from system $ICD where concept is-a #K76.4
* include codes from system $ICD where concept is-a #K76.8
* include codes from system $ICD where concept is-a #K76.9
* include codes from system $ICD where concept is-a #Z94.4
