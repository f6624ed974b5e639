Extension: OutcomeWashout
Id: outcome-washout
Title: "Washout"
Description: "Who had the event so shortly before the index time is not asked about."
Context: Library
* obeys lookback-positive and lookback-unit
* value[x] only Duration
* value[x] 1..1
