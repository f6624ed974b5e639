Extension: FeatureExpression
Id: feature-expression
Title: "Expression"
Description: "For derived: what is made of other features, each of them named by relatedArtifact depends-on. Language text/x-auscult."
Context: Library
* value[x] only Expression
* value[x] 1..1
