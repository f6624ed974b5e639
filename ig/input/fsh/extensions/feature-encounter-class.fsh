Extension: FeatureEncounterClass
Id: feature-encounter-class
Title: "Encounter class"
Description: "Only facts that belong to an encounter of this class."
Context: Library
* value[x] only Coding
* value[x] 1..1
