Extension: FeaturePlausibleRange
Id: feature-plausible-range
Title: "Plausible range"
Description: "Values outside are missing, with the reason implausible."
Context: Library
* obeys plausible-range-bounded
* value[x] only Range
* value[x] 1..1
