Extension: FeaturePerformer
Id: feature-performer
Title: "Performer"
Description: "Only facts of this performer: a reference or an identifier."
Context: Library
* value[x] only Coding
* value[x] 1..1
