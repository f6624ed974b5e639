Extension: OutcomeFollowUpTolerance
Id: outcome-follow-up-tolerance
Title: "Tolerance of follow-up"
Description: "How long before the horizon's end the proof may lie; not before it if not given."
Context: Library
* obeys lookback-positive and lookback-unit
* value[x] only Duration
* value[x] 1..1
