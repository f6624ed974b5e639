Extension: FeatureContextRule
Id: feature-context-rule
Title: "Rule of the context"
Description: "The context rule, as url|version, by which the context of feature-context is told."
Context: Library
* obeys canonical-pinned
* value[x] only canonical
* value[x] 1..1
