Extension: AdjudicationOfTask
Id: adjudication-of-task
Title: "Task"
Description: "The Task that this answers."
Context: QuestionnaireResponse
* value[x] only Reference(Task)
* value[x] 1..1
