Extension: FeatureReferenceRange
Id: feature-reference-range
Title: "Reference range"
Description: "Where values of most healthy people lie, in the feature's unit. It is shown to people; no value is missing because of it."
Context: Library
* obeys plausible-range-bounded
* value[x] only Range
* value[x] 1..1
