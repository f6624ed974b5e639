ValueSet: ComorbidityPeripheralVascularDisease
Id: comorbidity-peripheral-vascular-disease
Title: "Peripheral vascular disease"
Description: "ICD-10 codes of peripheral vascular disease for the index of Charlson and Elixhauser, as listed by Quan 2005 (Med Care 43:1130-1139): each code with all below it, in WHO's ICD-10 and in ICD-10-CM."
* ^version = "1.0.0"
* ^experimental = false
* include codes from system $ICDWHO where concept is-a #I70
* include codes from system $ICDWHO where concept is-a #I71
* include codes from system $ICDWHO where concept is-a #I73.1
* include codes from system $ICDWHO where concept is-a #I73.8
* include codes from system $ICDWHO where concept is-a #I73.9
* include codes from system $ICDWHO where concept is-a #I77.1
* include codes from system $ICDWHO where concept is-a #I79.0
* include codes from system $ICDWHO where concept is-a #I79.2
* include codes from system $ICDWHO where concept is-a #K55.1
* include codes from system $ICDWHO where concept is-a #K55.8
* include codes from system $ICDWHO where concept is-a #K55.9
* include codes from system $ICDWHO where concept is-a #Z95.8
* include codes from system $ICDWHO where concept is-a #Z95.9
* include codes from system $ICD where concept is-a #I70
* include codes from system $ICD where concept is-a #I71
* include codes from system $ICD where concept is-a #I73.1
* include codes from system $ICD where concept is-a #I73.8
* include codes from system $ICD where concept is-a #I73.9
* include codes from system $ICD where concept is-a #I77.1
* include codes from system $ICD where concept is-a #I79.0
* include codes from system $ICD where concept is-a #I79.2
* include codes from system $ICD where concept is-a #K55.1
* include codes from system $ICD where concept is-a #K55.8
* include codes from system $ICD where concept is-a #K55.9
* include codes from system $ICD where concept is-a #Z95.8
* include codes from system $ICD where concept is-a #Z95.9
