Extension: AdjudicationWindow
Id: adjudication-window
Title: "Windows"
Description: "How windows follow each other: a week or a month. A case is of the window in which it was labelled first."
Context: PlanDefinition
* value[x] only code
* value[x] 1..1
* valueCode from PerformanceWindowValues (required)
