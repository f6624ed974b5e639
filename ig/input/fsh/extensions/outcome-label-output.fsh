Extension: OutcomeLabelOutput
Id: outcome-label-output
Title: "Output"
Description: "The output of the model that predicted it."
Context: Observation
* value[x] only string
* value[x] 1..1
