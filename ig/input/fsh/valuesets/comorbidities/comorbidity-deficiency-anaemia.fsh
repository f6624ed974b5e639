ValueSet: ComorbidityDeficiencyAnaemia
Id: comorbidity-deficiency-anaemia
Title: "Deficiency anaemia"
Description: "ICD-10 codes of deficiency anaemia for the index of Elixhauser, as listed by Quan 2005 (Med Care 43:1130-1139): each code with all below it, in WHO's ICD-10 and in ICD-10-CM."
* ^version = "1.0.0"
* ^experimental = false
* include codes from system $ICDWHO where concept is-a #D50.8
* include codes from system $ICDWHO where concept is-a #D50.9
* include codes from system $ICDWHO where concept is-a #D51
* include codes from system $ICDWHO where concept is-a #D52
* include codes from system $ICDWHO where concept is-a #D53
* include codes from system $ICD where concept is-a #D50.8
* include codes from system $ICD where concept is-a #D50.9
* include codes from system $ICD where concept is-a #D51
* include codes from system $ICD where concept is-a #D52
* include codes from system $ICD where concept is-a #D53
