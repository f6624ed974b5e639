ValueSet: AvpuNotVoice
Id: avpu-not-voice
Title: "ACVPU: other than responds to voice"
Description: "Answers of ACVPU other than this one, in the SNOMED CT codes of UK Core."
* ^version = "1.0.0"
* ^experimental = false
* $SCT#248234008 "Mentally alert"
* $SCT#130987000 "Acute confusion"
* $SCT#450847001 "Responds to pain"
* $SCT#422768004 "Unresponsive"
