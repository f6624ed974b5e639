ValueSet: ComorbidityObesity
Id: comorbidity-obesity
Title: "Obesity"
Description: "ICD-10 codes of obesity for the index of Elixhauser, as listed by Quan 2005 (Med Care 43:1130-1139): each code with all below it, in WHO's ICD-10 and in ICD-10-CM."
* ^version = "1.0.0"
* ^experimental = false
* include codes from system $ICDWHO where concept is-a #E66
* include codes from system $ICD where concept is-a #E66
