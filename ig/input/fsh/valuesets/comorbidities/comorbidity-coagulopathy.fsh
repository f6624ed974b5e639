ValueSet: ComorbidityCoagulopathy
Id: comorbidity-coagulopathy
Title: "Coagulopathy"
Description: "ICD-10 codes of coagulopathy for the index of Elixhauser, as listed by Quan 2005 (Med Care 43:1130-1139): each code with all below it, in WHO's ICD-10 and in ICD-10-CM."
* ^version = "1.0.0"
* ^experimental = false
* include codes from system $ICDWHO where concept is-a #D65
* include codes from system $ICDWHO where concept is-a #D66
* include codes from system $ICDWHO where concept is-a #D67
* include codes from system $ICDWHO where concept is-a #D68
* include codes from system $ICDWHO where concept is-a #D69.1
* include codes from system $ICDWHO where concept is-a #D69.3
* include codes from system $ICDWHO where concept is-a #D69.4
* include codes from system $ICDWHO where concept is-a #D69.5
* include codes from system $ICDWHO where concept is-a #D69.6
* include codes from system $ICD where concept is-a #D65
* include codes from system $ICD where concept is-a #D66
* include codes from system $ICD where concept is-a #D67
* include codes from system $ICD where concept is-a #D68
* include codes from system $ICD where concept is-a #D69.1
* include codes from system $ICD where concept is-a #D69.3
* include codes from system $ICD where concept is-a #D69.4
* include codes from system $ICD where concept is-a #D69.5
* include codes from system $ICD where concept is-a #D69.6
