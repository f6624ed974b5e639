Extension: OutcomeHorizonEncounter
Id: outcome-horizon-encounter
Title: "Encounter of the horizon"
Description: "Class of the encounter on which the horizon hangs: the one that is open at the index time, or ends with it."
Context: Library
* value[x] only Coding
* value[x] 1..1
