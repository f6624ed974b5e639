ValueSet: OnRoomAir
Id: on-room-air
Title: "On room air"
Description: "Answers that mean: breathes room air; no is one for the question whether the patient is on oxygen."
* ^version = "1.0.0"
* ^experimental = false
* $SCT#722742002 "Breathing room air"
* $SCT#373067005 "No"
