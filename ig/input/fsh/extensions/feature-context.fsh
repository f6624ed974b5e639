Extension: FeatureContext
Id: feature-context
Title: "Context"
Description: "Only facts of this context, such as a glucose after a meal: where the record says so, or the rule of feature-context-rule infers it."
Context: Library
* value[x] only Coding
* value[x] 1..1
