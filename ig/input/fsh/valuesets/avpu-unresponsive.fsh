ValueSet: AvpuUnresponsive
Id: avpu-unresponsive
Title: "ACVPU: unresponsive"
Description: "Answers of ACVPU of this level, in the SNOMED CT codes of UK Core."
* ^version = "1.0.0"
* ^experimental = false
* $SCT#422768004 "Unresponsive"
