Extension: OutcomeLabelDefinition
Id: outcome-label-definition
Title: "Outcome definition"
Description: "The definition by which it was labelled, as url|version."
Context: Observation
* value[x] only canonical
* value[x] 1..1
