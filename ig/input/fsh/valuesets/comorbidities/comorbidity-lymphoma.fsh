ValueSet: ComorbidityLymphoma
Id: comorbidity-lymphoma
Title: "Lymphoma"
Description: "ICD-10 codes of lymphoma for the index of Elixhauser, as listed by Quan 2005 (Med Care 43:1130-1139): each code with all below it, in WHO's ICD-10 and in ICD-10-CM."
* ^version = "1.0.0"
* ^experimental = false
* include codes from system $ICDWHO where concept is-a #C81
* include codes from system $ICDWHO where concept is-a #C82
* include codes from system $ICDWHO where concept is-a #C83
* include codes from system $ICDWHO where concept is-a #C84
* include codes from system $ICDWHO where concept is-a #C85
* include codes from system $ICDWHO where concept is-a #C88
* include codes from system $ICDWHO where concept is-a #C96
* include codes from system $ICDWHO where concept is-a #C90.0
* include codes from system $ICDWHO where concept is-a #C90.2
* include codes from system $ICD where concept is-a #C81
* include codes from system $ICD where concept is-a #C82
* include codes from system $ICD where concept is-a #C83
* include codes from system $ICD where concept is-a #C84
* include codes from system $ICD where concept is-a #C85
* include codes from system $ICD where concept is-a #C88
* include codes from system $ICD where concept is-a #C96
* include codes from system $ICD where concept is-a #C90.0
* include codes from system $ICD where concept is-a #C90.2
