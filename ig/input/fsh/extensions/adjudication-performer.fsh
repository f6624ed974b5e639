Extension: AdjudicationPerformer
Id: adjudication-performer
Title: "Performer"
Description: "Who judges: two of all for each case, and a third where they disagree."
Context: PlanDefinition
* value[x] only Reference(Practitioner)
* value[x] 1..1
