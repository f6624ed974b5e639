ValueSet: CurrentSmoker
Id: current-smoker
Title: "Current smoker"
Description: "Answers to the smoking status (LOINC 72166-2) that mean: smokes now."
* ^version = "1.0.0"
* ^experimental = false
* $SCT#449868002 "Smokes tobacco daily"
* $SCT#428041000124106 "Occasional tobacco smoker"
* $SCT#77176002 "Smoker"
* $SCT#428071000124103 "Heavy tobacco smoker"
* $SCT#428061000124105 "Light tobacco smoker"
* $SCT#65568007 "Cigarette smoker"
