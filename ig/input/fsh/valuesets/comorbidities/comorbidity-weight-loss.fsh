ValueSet: ComorbidityWeightLoss
Id: comorbidity-weight-loss
Title: "Weight loss"
Description: "ICD-10 codes of weight loss for the index of Elixhauser, as listed by Quan 2005 (Med Care 43:1130-1139): each code with all below it, in WHO's ICD-10 and in ICD-10-CM."
* ^version = "1.0.0"
* ^experimental = false
* include codes from system $ICDWHO where concept is-a #E40
* include codes from system $ICDWHO where concept is-a #E41
* include codes from system $ICDWHO where concept is-a #E42
* include codes from system $ICDWHO where concept is-a #E43
* include codes from system $ICDWHO where concept is-a #E44
* include codes from system $ICDWHO where concept is-a #E45
* include codes from system $ICDWHO where concept is-a #E46
* include codes from system $ICDWHO where concept is-a #R63.4
* include codes from system $ICDWHO where concept is-a #R64
* include codes from system $ICD where concept is-a #E40
* include codes from system $ICD where concept is-a #E41
* include codes from system $ICD where concept is-a #E42
* include codes from system $ICD where concept is-a #E43
* include codes from system $ICD where concept is-a #E44
* include codes from system $ICD where concept is-a #E45
* include codes from system $ICD where concept is-a #E46
* include codes from system $ICD where concept is-a #R63.4
* include codes from system $ICD where concept is-a #R64
