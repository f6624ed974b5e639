Extension: FeatureMethod
Id: feature-method
Title: "Method"
Description: "Only facts of this method."
Context: Library
* value[x] only Coding
* value[x] 1..1
