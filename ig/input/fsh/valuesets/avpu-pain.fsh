ValueSet: AvpuPain
Id: avpu-pain
Title: "ACVPU: responds to pain"
Description: "Answers of ACVPU of this level, in the SNOMED CT codes of UK Core."
* ^version = "1.0.0"
* ^experimental = false
* $SCT#450847001 "Responds to pain"
