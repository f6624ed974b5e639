ValueSet: ComorbidityDepression
Id: comorbidity-depression
Title: "Depression"
Description: "ICD-10 codes of depression for the index of Elixhauser, as listed by Quan 2005 (Med Care 43:1130-1139): each code with all below it, in WHO's ICD-10 and in ICD-10-CM."
* ^version = "1.0.0"
* ^experimental = false
* include codes from system $ICDWHO where concept is-a #F20.4
* include codes from system $ICDWHO where concept is-a #F31.3
* include codes from system $ICDWHO where concept is-a #F31.4
* include codes from system $ICDWHO where concept is-a #F31.5
* include codes from system $ICDWHO where concept is-a #F32
* include codes from system $ICDWHO where concept is-a #F33
* include codes from system $ICDWHO where concept is-a #F34.1
* include codes from system $ICDWHO where concept is-a #F41.2
* include codes from system $ICDWHO where concept is-a #F43.2
* include codes from system $ICD where concept is-a #F20.4
* include codes from system $ICD where concept is-a #F31.3
* include codes from system $ICD where concept is-a #F31.4
* include codes from system $ICD where concept is-a #F31.5
* include codes from system $ICD where concept is-a #F32
* include codes from system $ICD where concept is-a #F33
* include codes from system $ICD where concept is-a #F34.1
* include codes from system $ICD where concept is-a #F41.2
* include codes from system $ICD where concept is-a #F43.2
