Extension: FeatureLookback
Id: feature-lookback
Title: "Look-back window"
Description: "How far back the window reaches: (index time - look-back, index time]. UCUM code min, h, d, wk, mo or a."
Context: Library
* obeys lookback-positive and lookback-unit
* value[x] only Duration
* value[x] 1..1
