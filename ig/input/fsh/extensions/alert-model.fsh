Extension: AlertModel
Id: alert-model
Title: "Model"
Description: "The model whose figures are watched: as url|version one version, as url every version. Every model if it is absent."
Context: PlanDefinition
* value[x] only canonical
* value[x] 1..1
