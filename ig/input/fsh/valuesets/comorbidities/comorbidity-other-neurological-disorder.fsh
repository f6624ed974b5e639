ValueSet: ComorbidityOtherNeurologicalDisorder
Id: comorbidity-other-neurological-disorder
Title: "Other neurological disorder"
Description: "ICD-10 codes of other neurological disorder for the index of Elixhauser, as listed by Quan 2005 (Med Care 43:1130-1139): each code with all below it, in WHO's ICD-10 and in ICD-10-CM."
* ^version = "1.0.0"
* ^experimental = false
* include codes from system $ICDWHO where concept is-a #G10
* include codes from system $ICDWHO where concept is-a #G11
* include codes from system $ICDWHO where concept is-a #G12
* include codes from system $ICDWHO where concept is-a #G13
* include codes from system $ICDWHO where concept is-a #G20
* include codes from system $ICDWHO where concept is-a #G21
* include codes from system $ICDWHO where concept is-a #G22
* include codes from system $ICDWHO where concept is-a #G25.4
* include codes from system $ICDWHO where concept is-a #G25.5
* include codes from system $ICDWHO where concept is-a #G31.2
* include codes from system $ICDWHO where concept is-a #G31.8
* include codes from system $ICDWHO where concept is-a #G31.9
* include codes from system $ICDWHO where concept is-a #G32
* include codes from system $ICDWHO where concept is-a #G35
* include codes from system $ICDWHO where concept is-a #G36
* include codes from system $ICDWHO where concept is-a #G37
* include codes from system $ICDWHO where concept is-a #G40
* include codes from system $ICDWHO where concept is-a #G41
* include codes from system $ICDWHO where concept is-a #G93.1
* include codes from system $ICDWHO where concept is-a #G93.4
* include codes from system $ICDWHO where concept is-a #R47.0
* include codes from system $ICDWHO where concept is-a #R56
* include codes from system $ICD where concept is-a #G10
* include codes from system $ICD where concept is-a #G11
* include codes from system $ICD where concept is-a #G12
* include codes from system $ICD where concept is-a #G13
* include codes from system $ICD where concept is-a #G20
* include codes from system $ICD where concept is-a #G21
* include codes from system $ICD where concept is-a #G22
* include codes from system $ICD where concept is-a #G25.4
* include codes from system $ICD where concept is-a #G25.5
* include codes from system $ICD where concept is-a #G31.2
* include codes from system $ICD where concept is-a #G31.8
* include codes from system $ICD where concept is-a #G31.9
* include codes from system $ICD where concept is-a #G32
* include codes from system $ICD where concept is-a #G35
* include codes from system $ICD where concept is-a #G36
* include codes from system $ICD where concept is-a #G37
* include codes from system $ICD where concept is-a #G40
* include codes from system $ICD where concept is-a #G41
* include codes from system $ICD where concept is-a #G93.1
* include codes from system $ICD where concept is-a #G93.4
* include codes from system $ICD where concept is-a #R47.0
* include codes from system $ICD where concept is-a #R56
