ValueSet: ComorbidityValvularDisease
Id: comorbidity-valvular-disease
Title: "Valvular disease"
Description: "ICD-10 codes of valvular disease for the index of Elixhauser, as listed by Quan 2005 (Med Care 43:1130-1139): each code with all below it, in WHO's ICD-10 and in ICD-10-CM."
* ^version = "1.0.0"
* ^experimental = false
* include codes from system $ICDWHO where concept is-a #A52.0
* include codes from system $ICDWHO where concept is-a #I05
* include codes from system $ICDWHO where concept is-a #I06
* include codes from system $ICDWHO where concept is-a #I07
* include codes from system $ICDWHO where concept is-a #I08
* include codes from system $ICDWHO where concept is-a #I09.1
* include codes from system $ICDWHO where concept is-a #I09.8
* include codes from system $ICDWHO where concept is-a #I34
* include codes from system $ICDWHO where concept is-a #I35
* include codes from system $ICDWHO where concept is-a #I36
* include codes from system $ICDWHO where concept is-a #I37
* include codes from system $ICDWHO where concept is-a #I38
* include codes from system $ICDWHO where concept is-a #I39
* include codes from system $ICDWHO where concept is-a #Q23.0
* include codes from system $ICDWHO where concept is-a #Q23.1
* include codes from system $ICDWHO where concept is-a #Q23.2
* include codes from system $ICDWHO where concept is-a #Q23.3
* include codes from system $ICDWHO where concept is-a #Z95.2
* include codes from system $ICDWHO where concept is-a #Z95.3
* include codes from system $ICDWHO where concept is-a #Z95.4
* include codes from system $ICD where concept is-a #A52.0
* include codes from system $ICD where concept is-a #I05
* include codes from system $ICD where concept is-a #I06
* include codes from system $ICD where concept is-a #I07
* include codes from system $ICD where concept is-a #I08
* include codes from system $ICD where concept is-a #I09.1
* include codes from system $ICD where concept is-a #I09.8
* include codes from system $ICD where concept is-a #I34
* include codes from system $ICD where concept is-a #I35
* include codes from system $ICD where concept is-a #I36
* include codes from system $ICD where concept is-a #I37
* include codes from system $ICD where concept is-a #I38
* include codes from system $ICD where concept is-a #I39
* include codes from system $ICD where concept is-a #Q23.0
* include codes from system $ICD where concept is-a #Q23.1
* include codes from system $ICD where concept is-a #Q23.2
* include codes from system $ICD where concept is-a #Q23.3
* include codes from system $ICD where concept is-a #Z95.2
* include codes from system $ICD where concept is-a #Z95.3
* include codes from system $ICD where concept is-a #Z95.4
