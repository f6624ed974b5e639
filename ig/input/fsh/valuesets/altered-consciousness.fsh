ValueSet: AlteredConsciousness
Id: altered-consciousness
Title: "Altered consciousness"
Description: "C, V, P and U of ACVPU, in the SNOMED CT codes of UK Core."
* ^version = "1.0.0"
* ^experimental = false
* $SCT#130987000 "Acute confusion"
* $SCT#300202002 "Responds to voice"
* $SCT#450847001 "Responds to pain"
* $SCT#422768004 "Unresponsive"
