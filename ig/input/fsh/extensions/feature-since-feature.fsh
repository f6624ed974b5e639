Extension: FeatureSinceFeature
Id: feature-since-feature
Title: "Since feature"
Description: "The window begins at the effective time of this sibling feature; missing where that one is."
Context: Library
* value[x] only string
* value[x] 1..1
