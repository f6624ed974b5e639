Extension: FeatureMissingCarry
Id: feature-missing-carry
Title: "Carried forward"
Description: "Where the window holds no value, the last one before it stands if it is no older than this at the index time."
Context: Library
* obeys lookback-positive and lookback-unit
* value[x] only Duration
* value[x] 1..1
