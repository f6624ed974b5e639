Extension: FeatureDisplay
Id: feature-display
Title: "Words in the text"
Description: "Only facts whose code's text holds one of these, in whatever case."
Context: Library
* value[x] only string
* value[x] 1..1
