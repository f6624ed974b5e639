Extension: OutcomeHorizon
Id: outcome-horizon
Title: "Horizon"
Description: "How long after its beginning an event counts. UCUM code min, h, d, wk, mo or a."
Context: Library
* obeys lookback-positive and lookback-unit
* value[x] only Duration
* value[x] 1..1
