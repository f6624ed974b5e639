Extension: PredictionEpoch
Id: prediction-epoch
Title: "Epoch"
Description: "The patient's epoch from which the prediction was read; replay by it gives the same vector."
Context: RiskAssessment, Observation
* obeys epoch-not-negative
* value[x] only integer
* value[x] 1..1
