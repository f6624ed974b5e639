ValueSet: ComorbidityHiv
Id: comorbidity-hiv
Title: "AIDS or HIV"
Description: "ICD-10 codes of AIDS or HIV for the index of Charlson, as listed by Quan 2005 (Med Care 43:1130-1139): each code with all below it, in WHO's ICD-10 and in ICD-10-CM."
* ^version = "1.0.0"
* ^experimental = false
* include codes from system $ICDWHO where concept is-a #B20
* include codes from system $ICDWHO where concept is-a #B21
* include codes from system $ICDWHO where concept is-a #B22
* include codes from system $ICDWHO where concept is-a #B24
* include codes from system $ICD where concept is-a #B20
* include codes from system $ICD where concept is-a #B21
* include codes from system $ICD where concept is-a #B22
* include codes from system $ICD where concept is-a #B24
