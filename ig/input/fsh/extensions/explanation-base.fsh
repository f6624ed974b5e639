Extension: ExplanationBase
Id: explanation-base
Title: "Base value"
Description: "The reference patient's margin, for one output."
Context: Observation
* extension contains output 1..1 and value 1..1
* extension[output].value[x] only string
* extension[value].value[x] only decimal
