Extension: DeploymentModel
Id: deployment-model
Title: "Model"
Description: "The model version whose results this action shows, as url|version."
Context: PlanDefinition.action.action
* value[x] only canonical
* value[x] 1..1
