ValueSet: ComorbidityCerebrovascularDisease
Id: comorbidity-cerebrovascular-disease
Title: "Cerebrovascular disease"
Description: "ICD-10 codes of cerebrovascular disease for the index of Charlson, as listed by Quan 2005 (Med Care 43:1130-1139): each code with all below it, in WHO's ICD-10 and in ICD-10-CM."
* ^version = "1.0.0"
* ^experimental = false
* include codes from system $ICDWHO where concept is-a #G45
* include codes from system $ICDWHO where concept is-a #G46
* include codes from system $ICDWHO where concept is-a #H34.0
* include codes from system $ICDWHO where concept is-a #I60
* include codes from system $ICDWHO where concept is-a #I61
* include codes from system $ICDWHO where concept is-a #I62
* include codes from system $ICDWHO where concept is-a #I63
* include codes from system $ICDWHO where concept is-a #I64
* include codes from system $ICDWHO where concept is-a #I65
* include codes from system $ICDWHO where concept is-a #I66
* include codes from system $ICDWHO where concept is-a #I67
* include codes from system $ICDWHO where concept is-a #I68
* include codes from system $ICDWHO where concept is-a #I69
* include codes from system $ICD where concept is-a #G45
* include codes from system $ICD where concept is-a #G46
* include codes from system $ICD where concept is-a #H34.0
* include codes from system $ICD where concept is-a #I60
* include codes from system $ICD where concept is-a #I61
* include codes from system $ICD where concept is-a #I62
* include codes from system $ICD where concept is-a #I63
* include codes from system $ICD where concept is-a #I64
* include codes from system $ICD where concept is-a #I65
* include codes from system $ICD where concept is-a #I66
* include codes from system $ICD where concept is-a #I67
* include codes from system $ICD where concept is-a #I68
* include codes from system $ICD where concept is-a #I69
