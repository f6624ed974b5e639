Extension: AlertMinimum
Id: alert-minimum
Title: "Minimum n"
Description: "A figure of fewer rows is passed over."
Context: PlanDefinition
* value[x] only positiveInt
* value[x] 1..1
