Extension: AdjudicationAnswer
Id: adjudication-answer
Title: "Time to answer"
Description: "After so long a Task is overdue."
Context: PlanDefinition
* value[x] only Duration
* value[x] 1..1
