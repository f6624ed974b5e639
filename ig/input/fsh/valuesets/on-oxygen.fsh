ValueSet: OnOxygen
Id: on-oxygen
Title: "On supplemental oxygen"
Description: "Answers that mean: breathes supplemental oxygen; yes is one for the question whether the patient is on oxygen."
* ^version = "1.0.0"
* ^experimental = false
* $SCT#371825009 "Patient on oxygen"
* $SCT#315041000 "High concentration oxygen therapy"
* $SCT#373066001 "Yes"
