Extension: ExplanationMethod
Id: explanation-method
Title: "Method"
Description: "Explainer and its version, such as exact-shapley/1."
Context: Observation
* obeys method-versioned
* value[x] only string
* value[x] 1..1
