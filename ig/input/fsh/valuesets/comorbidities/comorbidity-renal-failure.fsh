ValueSet: ComorbidityRenalFailure
Id: comorbidity-renal-failure
Title: "Renal failure"
Description: "ICD-10 codes of renal failure for the index of Elixhauser, as listed by Quan 2005 (Med Care 43:1130-1139): each code with all below it, in WHO's ICD-10 and in ICD-10-CM."
* ^version = "1.0.0"
* ^experimental = false
* include codes from system $ICDWHO where concept is-a #I12.0
* include codes from system $ICDWHO where concept is-a #I13.1
* include codes from system $ICDWHO where concept is-a #N18
* include codes from system $ICDWHO where concept is-a #N19
* include codes from system $ICDWHO where concept is-a #N25.0
* include codes from system $ICDWHO where concept is-a #Z49.0
* include codes from system $ICDWHO where concept is-a #Z49.1
* include codes from system $ICDWHO where concept is-a #Z49.2
* include codes from system $ICDWHO where concept is-a #Z94.0
* include codes from system $ICDWHO where concept is-a #Z99.2
* include codes from system $ICD where concept is-a #I12.0
* include codes from system $ICD where concept is-a #I13.1
* include codes from system $ICD where concept is-a #N18
* include codes from system $ICD where concept is-a #N19
* include codes from system $ICD where concept is-a #N25.0
* include codes from system $ICD where concept is-a #Z49.0
* include codes from system $ICD where concept is-a #Z49.1
* include codes from system $ICD where concept is-a #Z49.2
* include codes from system $ICD where concept is-a #Z94.0
* include codes from system $ICD where concept is-a #Z99.2
