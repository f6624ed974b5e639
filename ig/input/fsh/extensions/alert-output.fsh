Extension: AlertOutput
Id: alert-output
Title: "Output"
Description: "The output whose figures are watched; every one if it is absent."
Context: PlanDefinition
* value[x] only string
* value[x] 1..1
