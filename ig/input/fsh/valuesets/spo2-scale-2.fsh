ValueSet: Spo2Scale2
Id: spo2-scale-2
Title: "SpO2 scale 2"
Description: "The answer that designates scale 2."
* ^version = "1.0.0"
* ^experimental = false
* Spo2Scale#scale-2 "Scale 2"
