ValueSet: ComorbiditySevereLiverDisease
Id: comorbidity-severe-liver-disease
Title: "Moderate or severe liver disease"
Description: "ICD-10 codes of moderate or severe liver disease for the index of Charlson, as listed by Quan 2005 (Med Care 43:1130-1139): each code with all below it, in WHO's ICD-10 and in ICD-10-CM."
* ^version = "1.0.0"
* ^experimental = false
* include codes from system $ICDWHO where concept is-a #I85.0
* include codes from system $ICDWHO where concept is-a #I85.9
* include codes from system $ICDWHO where concept is-a #I86.4
* include codes from system $ICDWHO where concept is-a #I98.2
* include codes from system $ICDWHO where concept is-a #K70.4
* include codes from system $ICDWHO where concept is-a #K71.1
* include codes from system $ICDWHO where concept is-a #K72.1
* include codes from system $ICDWHO where concept is-a #K72.9
* include codes from system $ICDWHO where concept is-a #K76.5
* include codes from system $ICDWHO where concept is-a #K76.6
* include codes from system $ICDWHO where concept is-a #K76.7
* include codes from system $ICD where concept is-a #I85.0
* include codes from system $ICD where concept is-a #I85.9
* include codes from system $ICD where concept is-a #I86.4
* include codes from system $ICD where concept is-a #I98.2
* include codes from system $ICD where concept is-a #K70.4
* include codes from system $ICD where concept is-a #K71.1
* include codes from system $ICD where concept is-a #K72.1
* include codes from system $ICD where concept is-a #K72.9
* include codes from system $ICD where concept is-a #K76.5
* include codes from system $ICD where concept is-a #K76.6
* include codes from system $ICD where concept is-a #K76.7
