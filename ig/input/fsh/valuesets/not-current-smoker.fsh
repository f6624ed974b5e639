ValueSet: NotCurrentSmoker
Id: not-current-smoker
Title: "Not a current smoker"
Description: "Answers to the smoking status (LOINC 72166-2) that mean: does not smoke now."
* ^version = "1.0.0"
* ^experimental = false
* $SCT#266919005 "Never smoked tobacco"
* $SCT#8517006 "Ex-smoker"
* $SCT#8392000 "Non-smoker"
