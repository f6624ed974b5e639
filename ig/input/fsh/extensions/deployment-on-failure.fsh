Extension: DeploymentOnFailure
Id: deployment-on-failure
Title: "On failure"
Description: "What is shown when a model that is for this patient could not speak: an info card, so that silence does not reassure, or nothing."
Context: PlanDefinition
* value[x] only code
* value[x] 1..1
* valueCode from FailureDisplays (required)
