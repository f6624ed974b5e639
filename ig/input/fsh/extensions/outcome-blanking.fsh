Extension: OutcomeBlanking
Id: outcome-blanking
Title: "Blanking period"
Description: "What happens so soon after the horizon's beginning is passed over."
Context: Library
* obeys lookback-positive and lookback-unit
* value[x] only Duration
* value[x] 1..1
