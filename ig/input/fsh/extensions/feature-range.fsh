Extension: FeatureRange
Id: feature-range
Title: "Range"
Description: "For time-in-range: both ends belong to it; in the value unit."
Context: Library
* value[x] only Range
* value[x] 1..1
