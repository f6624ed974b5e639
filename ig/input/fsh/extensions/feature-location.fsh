Extension: FeatureLocation
Id: feature-location
Title: "Location"
Description: "Only facts of when the patient was in this place, by the encounter that they belong to."
Context: Library
* value[x] only Coding
* value[x] 1..1
