Extension: FeatureDistinct
Id: feature-distinct
Title: "Distinct by"
Description: "For distinct-count: what makes two facts different."
Context: Library
* value[x] only code
* value[x] 1..1
* valueCode from FeatureDistinctValues (required)
