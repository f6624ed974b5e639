Extension: AlertConsecutive
Id: alert-consecutive
Title: "Consecutive breaches"
Description: "So many windows in a row must be breaches, those that are passed over not counted; 1 if it is absent."
Context: PlanDefinition
* value[x] only positiveInt
* value[x] 1..1
