Extension: OutcomeHorizonFrom
Id: outcome-horizon-from
Title: "Beginning of the horizon"
Description: "From when an event counts; from the index time if not given."
Context: Library
* value[x] only code
* value[x] 1..1
* valueCode from OutcomeHorizonAnchors (required)
