Extension: ExplanationReference
Id: explanation-reference
Title: "Reference patient"
Description: "The patient against whom contributions are counted, in words."
Context: Observation
* value[x] only string
* value[x] 1..1
