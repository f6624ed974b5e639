Extension: FeatureTrueValues
Id: feature-true-values
Title: "Answers that mean yes"
Description: "ValueSet, pinned to a version, of the coded answers that mean 1."
Context: Library
* obeys true-values-pinned
* value[x] only canonical
* value[x] 1..1
