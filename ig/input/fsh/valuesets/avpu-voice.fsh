ValueSet: AvpuVoice
Id: avpu-voice
Title: "ACVPU: responds to voice"
Description: "Answers of ACVPU of this level, in the SNOMED CT codes of UK Core."
* ^version = "1.0.0"
* ^experimental = false
* $SCT#300202002 "Responds to voice"
