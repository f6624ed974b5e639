Extension: DeploymentFallback
Id: deployment-fallback
Title: "Fallback"
Description: "The model version that speaks when this one fails, as url|version. It has the outputs that the action shows. No other ever stands in."
Context: PlanDefinition.action.action
* value[x] only canonical
* value[x] 1..1
