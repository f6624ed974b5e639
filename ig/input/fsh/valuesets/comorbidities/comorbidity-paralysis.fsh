ValueSet: ComorbidityParalysis
Id: comorbidity-paralysis
Title: "Hemiplegia or paraplegia"
Description: "ICD-10 codes of hemiplegia or paraplegia for the index of Charlson and Elixhauser, as listed by Quan 2005 (Med Care 43:1130-1139): each code with all below it, in WHO's ICD-10 and in ICD-10-CM."
* ^version = "1.0.0"
* ^experimental = false
* include codes from system $ICDWHO where concept is-a #G04.1
* include codes from system $ICDWHO where concept is-a #G11.4
* include codes from system $ICDWHO where concept is-a #G80.1
* include codes from system $ICDWHO where concept is-a #G80.2
* include codes from system $ICDWHO where concept is-a #G81
* include codes from system $ICDWHO where concept is-a #G82
* include codes from system $ICDWHO where concept is-a #G83.0
* include codes from system $ICDWHO where concept is-a #G83.1
* include codes from system $ICDWHO where concept is-a #G83.2
* include codes from system $ICDWHO where concept is-a #G83.3
* include codes from system $ICDWHO where concept is-a #G83.4
* include codes from system $ICDWHO where concept is-a #G83.9
* include codes from system $ICD where concept is-a #G04.1
* include codes from system $ICD where concept is-a #G11.4
* include codes from system $ICD where concept is-a #G80.1
* include codes from system $ICD where concept is-a #G80.2
* include codes from system $ICD where concept is-a #G81
* include codes from system $ICD where concept is-a #G82
* include codes from system $ICD where concept is-a #G83.0
* include codes from system $ICD where concept is-a #G83.1
* include codes from system $ICD where concept is-a #G83.2
* include codes from system $ICD where concept is-a #G83.3
* include codes from system $ICD where concept is-a #G83.4
* include codes from system $ICD where concept is-a #G83.9
