ValueSet: ComorbidityArrhythmia
Id: comorbidity-arrhythmia
Title: "Cardiac arrhythmia"
Description: "ICD-10 codes of cardiac arrhythmia for the index of Elixhauser, as listed by Quan 2005 (Med Care 43:1130-1139): each code with all below it, in WHO's ICD-10 and in ICD-10-CM."
* ^version = "1.0.0"
* ^experimental = false
* include codes from system $ICDWHO where concept is-a #I44.1
* include codes from system $ICDWHO where concept is-a #I44.2
* include codes from system $ICDWHO where concept is-a #I44.3
* include codes from system $ICDWHO where concept is-a #I45.6
* include codes from system $ICDWHO where concept is-a #I45.9
* include codes from system $ICDWHO where concept is-a #I47
* include codes from system $ICDWHO where concept is-a #I48
* include codes from system $ICDWHO where concept is-a #I49
* include codes from system $ICDWHO where concept is-a #R00.0
* include codes from system $ICDWHO where concept is-a #R00.1
* include codes from system $ICDWHO where concept is-a #R00.8
* include codes from system $ICDWHO where concept is-a #T82.1
* include codes from system $ICDWHO where concept is-a #Z45.0
* include codes from system $ICDWHO where concept is-a #Z95.0
* include codes from system $ICD where concept is-a #I44.1
* include codes from system $ICD where concept is-a #I44.2
* include codes from system $ICD where concept is-a #I44.3
* include codes from system $ICD where concept is-a #I45.6
* include codes from system $ICD where concept is-a #I45.9
* include codes from system $ICD where concept is-a #I47
* include codes from system $ICD where concept is-a #I48
* include codes from system $ICD where concept is-a #I49
* include codes from system $ICD where concept is-a #R00.0
* include codes from system $ICD where concept is-a #R00.1
* include codes from system $ICD where concept is-a #R00.8
* include codes from system $ICD where concept is-a #T82.1
* include codes from system $ICD where concept is-a #Z45.0
* include codes from system $ICD where concept is-a #Z95.0
