ValueSet: KidneyTransplantation
Id: kidney-transplantation
Title: "Transplantation of a kidney"
Description: "The operation and the regimen of care after it: SNOMED CT, with the codes that Synthea writes. Evaluation and referral before it are not among them."
* ^version = "1.0.0"
* ^experimental = false
* $SCT#70536003 "Transplant of kidney"
* $SCT#711446003 "Transplantation of kidney regime"
