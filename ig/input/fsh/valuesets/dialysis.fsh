ValueSet: Dialysis
Id: dialysis
Title: "Dialysis"
Description: "Procedures of dialysis: SNOMED CT, with the two codes that Synthea writes. To be confirmed by a clinician: haemofiltration and other therapies of intensive care are not among them; the diagnosis of acute kidney injury stands for those."
* ^version = "1.0.0"
* ^experimental = false
* $SCT#265764009 "Renal dialysis"
* $SCT#302497006 "Hemodialysis"
* $SCT#71192002 "Peritoneal dialysis"
