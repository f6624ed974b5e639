Extension: PredictionModelVersion
Id: prediction-model-version
Title: "Model version"
Description: "The model that spoke, as url|version."
Context: RiskAssessment, Observation
* obeys model-version-pinned
* value[x] only canonical
* value[x] 1..1
