Extension: FeatureMissingRefuse
Id: feature-missing-refuse
Title: "Refuse"
Description: "No vector without this value."
Context: Library
* value[x] only boolean
* value[x] 1..1
