Extension: PredictionInputPeriod
Id: prediction-input-period
Title: "Time of the observation set"
Description: "From the earliest to the newest value of the one set of observations that the score speaks of."
Context: Observation
* obeys input-period-whole
* value[x] only Period
* value[x] 1..1
