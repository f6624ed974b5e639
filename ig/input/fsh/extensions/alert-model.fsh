Extension: AlertModel
Id: alert-model
Title: "Model"
Description: "The model whose figures are watched, or the deployment whose use is: as url|version one version, as url every version. All if it is absent."
Context: PlanDefinition
* value[x] only canonical
* value[x] 1..1
