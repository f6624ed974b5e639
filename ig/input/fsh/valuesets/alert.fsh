ValueSet: Alert
Id: alert
Title: "Alert"
Description: "A of ACVPU, in the SNOMED CT code of UK Core."
* ^version = "1.0.0"
* ^experimental = false
* $SCT#248234008 "Mentally alert"
