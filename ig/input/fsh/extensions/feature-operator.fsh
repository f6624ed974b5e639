Extension: FeatureOperator
Id: feature-operator
Title: "Operator"
Description: "How a feature's value is made of the facts in its window."
Context: Library
* value[x] only code
* value[x] 1..1
* valueCode from FeatureOperatorValues (required)
