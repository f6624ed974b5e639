ValueSet: ComorbidityDiabetesUncomplicated
Id: comorbidity-diabetes-uncomplicated
Title: "Diabetes without chronic complication"
Description: "ICD-10 codes of diabetes without chronic complication for the index of Charlson, as listed by Quan 2005 (Med Care 43:1130-1139): each code with all below it, in WHO's ICD-10 and in ICD-10-CM."
* ^version = "1.0.0"
* ^experimental = false
* include codes from system $ICDWHO where concept is-a #E10.0
* include codes from system $ICDWHO where concept is-a #E10.1
* include codes from system $ICDWHO where concept is-a #E10.6
* include codes from system $ICDWHO where concept is-a #E10.8
* include codes from system $ICDWHO where concept is-a #E10.9
* include codes from system $ICDWHO where concept is-a #E11.0
* include codes from system $ICDWHO where concept is-a #E11.1
* include codes from system $ICDWHO where concept is-a #E11.6
* include codes from system $ICDWHO where concept is-a #E11.8
* include codes from system $ICDWHO where concept is-a #E11.9
* include codes from system $ICDWHO where concept is-a #E12.0
* include codes from system $ICDWHO where concept is-a #E12.1
* include codes from system $ICDWHO where concept is-a #E12.6
* include codes from system $ICDWHO where concept is-a #E12.8
* include codes from system $ICDWHO where concept is-a #E12.9
* include codes from system $ICDWHO where concept is-a #E13.0
* include codes from system $ICDWHO where concept is-a #E13.1
* include codes from system $ICDWHO where concept is-a #E13.6
* include codes from system $ICDWHO where concept is-a #E13.8
* include codes from system $ICDWHO where concept is-a #E13.9
* include codes from system $ICDWHO where concept is-a #E14.0
* include codes from system $ICDWHO where concept is-a #E14.1
* include codes from system $ICDWHO where concept is-a #E14.6
* include codes from system $ICDWHO where concept is-a #E14.8
* include codes from system $ICDWHO where concept is-a #E14.9
* include codes from system $ICD where concept is-a #E10.0
* include codes from system $ICD where concept is-a #E10.1
* include codes from system $ICD where concept is-a #E10.6
* include codes from system $ICD where concept is-a #E10.8
* include codes from system $ICD where concept is-a #E10.9
* include codes from system $ICD where concept is-a #E11.0
* include codes from system $ICD where concept is-a #E11.1
* include codes from system $ICD where concept is-a #E11.6
* include codes from system $ICD where concept is-a #E11.8
* include codes from system $ICD where concept is-a #E11.9
* include codes from system $ICD where concept is-a #E12.0
* include codes from system $ICD where concept is-a #E12.1
* include codes from system $ICD where concept is-a #E12.6
* include codes from system $ICD where concept is-a #E12.8
* include codes from system $ICD where concept is-a #E12.9
* include codes from system $ICD where concept is-a #E13.0
* include codes from system $ICD where concept is-a #E13.1
* include codes from system $ICD where concept is-a #E13.6
* include codes from system $ICD where concept is-a #E13.8
* include codes from system $ICD where concept is-a #E13.9
* include codes from system $ICD where concept is-a #E14.0
* include codes from system $ICD where concept is-a #E14.1
* include codes from system $ICD where concept is-a #E14.6
* include codes from system $ICD where concept is-a #E14.8
* include codes from system $ICD where concept is-a #E14.9
