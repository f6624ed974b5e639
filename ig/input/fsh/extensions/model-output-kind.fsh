Extension: ModelOutputKind
Id: model-output-kind
Title: "Kind of output"
Description: "probability, value or score: a value with a unit, or points, are never dressed as a probability."
Context: Library
* value[x] only code
* value[x] 1..1
* valueCode from ModelOutputKinds (required)
