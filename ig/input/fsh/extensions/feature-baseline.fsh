Extension: FeatureBaseline
Id: feature-baseline
Title: "Baseline"
Description: "For delta and percent-change: what of the earlier values in the window the last one is compared with."
Context: Library
* value[x] only code
* value[x] 1..1
* valueCode from FeatureBaselineValues (required)
