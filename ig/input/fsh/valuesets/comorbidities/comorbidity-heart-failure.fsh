ValueSet: ComorbidityHeartFailure
Id: comorbidity-heart-failure
Title: "Congestive heart failure"
Description: "ICD-10 codes of congestive heart failure for the index of Charlson and Elixhauser, as listed by Quan 2005 (Med Care 43:1130-1139): each code with all below it, in WHO's ICD-10 and in ICD-10-CM."
* ^version = "1.0.0"
* ^experimental = false
* include codes from system $ICDWHO where concept is-a #I09.9
* include codes from system $ICDWHO where concept is-a #I11.0
* include codes from system $ICDWHO where concept is-a #I13.0
* include codes from system $ICDWHO where concept is-a #I13.2
* include codes from system $ICDWHO where concept is-a #I25.5
* include codes from system $ICDWHO where concept is-a #I42.0
* include codes from system $ICDWHO where concept is-a #I42.5
* include codes from system $ICDWHO where concept is-a #I42.6
* include codes from system $ICDWHO where concept is-a #I42.7
* include codes from system $ICDWHO where concept is-a #I42.8
* include codes from system $ICDWHO where concept is-a #I42.9
* include codes from system $ICDWHO where concept is-a #I43
* include codes from system $ICDWHO where concept is-a #I50
* include codes from system $ICDWHO where concept is-a #P29.0
* include codes from system $ICD where concept is-a #I09.9
* include codes from system $ICD where concept is-a #I11.0
* include codes from system $ICD where concept is-a #I13.0
* include codes from system $ICD where concept is-a #I13.2
* include codes from system $ICD where concept is-a #I25.5
* include codes from system $ICD where concept is-a #I42.0
* include codes from system $ICD where concept is-a #I42.5
* include codes from system $ICD where concept is-a #I42.6
* include codes from system $ICD where concept is-a #I42.7
* include codes from system $ICD where concept is-a #I42.8
* include codes from system $ICD where concept is-a #I42.9
* include codes from system $ICD where concept is-a #I43
* include codes from system $ICD where concept is-a #I50
* include codes from system $ICD where concept is-a #P29.0
