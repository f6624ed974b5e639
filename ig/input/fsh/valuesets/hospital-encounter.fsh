ValueSet: HospitalEncounter
Id: hospital-encounter
Title: "In hospital"
Description: "Classes of encounters of people who are in hospital: inpatient, acute, non-acute, emergency, and under observation."
* ^version = "1.0.0"
* ^experimental = false
* $ActCode#IMP "inpatient encounter"
* $ActCode#ACUTE "inpatient acute"
* $ActCode#NONAC "inpatient non-acute"
* $ActCode#EMER "emergency"
* $ActCode#OBSENC "observation encounter"
