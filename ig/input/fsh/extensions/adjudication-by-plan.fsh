Extension: AdjudicationByPlan
Id: adjudication-by-plan
Title: "Plan"
Description: "The version of the plan by which people looked at it, as url|version."
Context: Observation, MeasureReport
* value[x] only canonical
* value[x] 1..1
