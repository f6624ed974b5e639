Extension: DeploymentPlace
Id: deployment-place
Title: "Place"
Description: "Whether the model's results have a card of their own, or stand on the deployment's other cards. Without it: a card."
Context: PlanDefinition.action.action
* value[x] only code
* value[x] 1..1
* valueCode from ResultPlaces (required)
