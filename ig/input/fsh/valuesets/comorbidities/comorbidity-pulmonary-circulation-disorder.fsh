ValueSet: ComorbidityPulmonaryCirculationDisorder
Id: comorbidity-pulmonary-circulation-disorder
Title: "Pulmonary circulation disorder"
Description: "ICD-10 codes of pulmonary circulation disorder for the index of Elixhauser, as listed by Quan 2005 (Med Care 43:1130-1139): each code with all below it, in WHO's ICD-10 and in ICD-10-CM."
* ^version = "1.0.0"
* ^experimental = false
* include codes from system $ICDWHO where concept is-a #I26
* include codes from system $ICDWHO where concept is-a #I27
* include codes from system $ICDWHO where concept is-a #I28.0
* include codes from system $ICDWHO where concept is-a #I28.8
* include codes from system $ICDWHO where concept is-a #I28.9
* include codes from system $ICD where concept is-a #I26
* include codes from system $ICD where concept is-a #I27
* include codes from system $ICD where concept is-a #I28.0
* include codes from system $ICD where concept is-a #I28.8
* include codes from system $ICD where concept is-a #I28.9
