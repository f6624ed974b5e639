Extension: FeatureWindowGap
Id: feature-window-gap
Title: "Gap"
Description: "How long before the index time the window ends."
Context: Library
* obeys lookback-positive and lookback-unit
* value[x] only Duration
* value[x] 1..1
