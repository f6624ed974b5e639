ValueSet: ComorbidityMyocardialInfarction
Id: comorbidity-myocardial-infarction
Title: "Myocardial infarction"
Description: "ICD-10 codes of myocardial infarction for the index of Charlson, as listed by Quan 2005 (Med Care 43:1130-1139): each code with all below it, in WHO's ICD-10 and in ICD-10-CM."
* ^version = "1.0.0"
* ^experimental = false
* include codes from system $ICDWHO where concept is-a #I21
* include codes from system $ICDWHO where concept is-a #I22
* include codes from system $ICDWHO where concept is-a #I25.2
* include codes from system $ICD where concept is-a #I21
* include codes from system $ICD where concept is-a #I22
* include codes from system $ICD where concept is-a #I25.2
