Extension: PredictionMargin
Id: prediction-margin
Title: "Margin"
Description: "The additive scale on which contributions are counted."
Context: RiskAssessment.prediction
* value[x] only decimal
* value[x] 1..1
