ValueSet: ComorbidityDiabetesComplicated
Id: comorbidity-diabetes-complicated
Title: "Diabetes with chronic complication"
Description: "ICD-10 codes of diabetes with chronic complication for the index of Charlson, as listed by Quan 2005 (Med Care 43:1130-1139): each code with all below it, in WHO's ICD-10 and in ICD-10-CM."
* ^version = "1.0.0"
* ^experimental = false
* include codes from system $ICDWHO where concept is-a #E10.2
* include codes from system $ICDWHO where concept is-a #E10.3
* include codes from system $ICDWHO where concept is-a #E10.4
* include codes from system $ICDWHO where concept is-a #E10.5
* include codes from system $ICDWHO where concept is-a #E10.7
* include codes from system $ICDWHO where concept is-a #E11.2
* include codes from system $ICDWHO where concept is-a #E11.3
* include codes from system $ICDWHO where concept is-a #E11.4
* include codes from system $ICDWHO where concept is-a #E11.5
* include codes from system $ICDWHO where concept is-a #E11.7
* include codes from system $ICDWHO where concept is-a #E12.2
* include codes from system $ICDWHO where concept is-a #E12.3
* include codes from system $ICDWHO where concept is-a #E12.4
* include codes from system $ICDWHO where concept is-a #E12.5
* include codes from system $ICDWHO where concept is-a #E12.7
* include codes from system $ICDWHO where concept is-a #E13.2
* include codes from system $ICDWHO where concept is-a #E13.3
* include codes from system $ICDWHO where concept is-a #E13.4
* include codes from system $ICDWHO where concept is-a #E13.5
* include codes from system $ICDWHO where concept is-a #E13.7
* include codes from system $ICDWHO where concept is-a #E14.2
* include codes from system $ICDWHO where concept is-a #E14.3
* include codes from system $ICDWHO where concept is-a #E14.4
* include codes from system $ICDWHO where concept is-a #E14.5
* include codes from system $ICDWHO where concept is-a #E14.7
* include codes from system $ICD where concept is-a #E10.2
* include codes from system $ICD where concept is-a #E10.3
* include codes from system $ICD where concept is-a #E10.4
* include codes from system $ICD where concept is-a #E10.5
* include codes from system $ICD where concept is-a #E10.7
* include codes from system $ICD where concept is-a #E11.2
* include codes from system $ICD where concept is-a #E11.3
* include codes from system $ICD where concept is-a #E11.4
* include codes from system $ICD where concept is-a #E11.5
* include codes from system $ICD where concept is-a #E11.7
* include codes from system $ICD where concept is-a #E12.2
* include codes from system $ICD where concept is-a #E12.3
* include codes from system $ICD where concept is-a #E12.4
* include codes from system $ICD where concept is-a #E12.5
* include codes from system $ICD where concept is-a #E12.7
* include codes from system $ICD where concept is-a #E13.2
* include codes from system $ICD where concept is-a #E13.3
* include codes from system $ICD where concept is-a #E13.4
* include codes from system $ICD where concept is-a #E13.5
* include codes from system $ICD where concept is-a #E13.7
* include codes from system $ICD where concept is-a #E14.2
* include codes from system $ICD where concept is-a #E14.3
* include codes from system $ICD where concept is-a #E14.4
* include codes from system $ICD where concept is-a #E14.5
* include codes from system $ICD where concept is-a #E14.7
