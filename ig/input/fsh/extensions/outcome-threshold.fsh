Extension: OutcomeThreshold
Id: outcome-threshold
Title: "Threshold"
Description: "Which values are the event: those on the comparator's side of the value, in the unit in which values are read."
Context: Library
* obeys threshold-whole
* value[x] only Quantity
* value[x] 1..1
