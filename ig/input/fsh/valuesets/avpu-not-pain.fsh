ValueSet: AvpuNotPain
Id: avpu-not-pain
Title: "ACVPU: other than responds to pain"
Description: "Answers of ACVPU other than this one, in the SNOMED CT codes of UK Core."
* ^version = "1.0.0"
* ^experimental = false
* $SCT#248234008 "Mentally alert"
* $SCT#130987000 "Acute confusion"
* $SCT#300202002 "Responds to voice"
* $SCT#422768004 "Unresponsive"
