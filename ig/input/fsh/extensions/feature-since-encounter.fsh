Extension: FeatureSinceEncounter
Id: feature-since-encounter
Title: "Since encounter"
Description: "The window begins with the encounter of one of these classes that is open at the index time; without one the feature is missing."
Context: Library
* value[x] only Coding
* value[x] 1..1
