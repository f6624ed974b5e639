Extension: AdjudicationOutcome
Id: adjudication-outcome
Title: "Outcome"
Description: "The definition by which rules label, as url|version."
Context: PlanDefinition
* value[x] only canonical
* value[x] 1..1
