ValueSet: Spo2Scale1
Id: spo2-scale-1
Title: "SpO2 scale 1"
Description: "The answer that designates scale 1."
* ^version = "1.0.0"
* ^experimental = false
* Spo2Scale#scale-1 "Scale 1"
