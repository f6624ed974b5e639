Extension: ExplanationContribution
Id: explanation-contribution
Title: "Contribution"
Description: "How much an input adds to the margin of one output: base + contributions = margin."
Context: Observation.component
* extension contains output 1..1 and value 1..1
* extension[output].value[x] only string
* extension[value].value[x] only decimal
