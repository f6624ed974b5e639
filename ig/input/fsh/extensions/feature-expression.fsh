Extension: FeatureExpression
Id: feature-expression
Title: "Expression"
Description: "For derived: what is made of other features, each of them named by relatedArtifact depends-on, in the language of docs/features.md."
Context: Library
* value[x] only string
* value[x] 1..1
