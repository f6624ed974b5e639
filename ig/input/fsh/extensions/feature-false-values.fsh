Extension: FeatureFalseValues
Id: feature-false-values
Title: "Answers that mean no"
Description: "ValueSet, pinned to a version, of the coded answers that mean 0."
Context: Library
* obeys false-values-pinned
* value[x] only canonical
* value[x] 1..1
