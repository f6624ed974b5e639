Extension: OutcomeConfirmedAfter
Id: outcome-confirmed-after
Title: "Confirmed after"
Description: "A first value beyond the threshold is the event only with a second one, at least so long after it, and none between them that is not beyond it."
Context: Library
* obeys lookback-positive and lookback-unit
* value[x] only Duration
* value[x] 1..1
