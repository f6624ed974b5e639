ValueSet: ComorbidityRheumaticDisease
Id: comorbidity-rheumatic-disease
Title: "Rheumatic disease"
Description: "ICD-10 codes of rheumatic disease for the index of Charlson, as listed by Quan 2005 (Med Care 43:1130-1139): each code with all below it, in WHO's ICD-10 and in ICD-10-CM."
* ^version = "1.0.0"
* ^experimental = false
* include codes from system $ICDWHO where concept is-a #M05
* include codes from system $ICDWHO where concept is-a #M06
* include codes from system $ICDWHO where concept is-a #M31.5
* include codes from system $ICDWHO where concept is-a #M32
* include codes from system $ICDWHO where concept is-a #M33
* include codes from system $ICDWHO where concept is-a #M34
* include codes from system $ICDWHO where concept is-a #M35.1
* include codes from system $ICDWHO where concept is-a #M35.3
* include codes from system $ICDWHO where concept is-a #M36.0
* include codes from system $ICD where concept is-a #M05
* include codes from system $ICD where concept is-a #M06
* include codes from system $ICD where concept is-a #M31.5
* include codes from system $ICD where concept is-a #M32
* include codes from system $ICD where concept is-a #M33
* include codes from system $ICD where concept is-a #M34
* include codes from system $ICD where concept is-a #M35.1
* include codes from system $ICD where concept is-a #M35.3
* include codes from system $ICD where concept is-a #M36.0
