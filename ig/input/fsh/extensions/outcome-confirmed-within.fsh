Extension: OutcomeConfirmedWithin
Id: outcome-confirmed-within
Title: "Confirmed within"
Description: "The second value that confirms the first comes at most so long after it."
Context: Library
* obeys lookback-positive and lookback-unit
* value[x] only Duration
* value[x] 1..1
