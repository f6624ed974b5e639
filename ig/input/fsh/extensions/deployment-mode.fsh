Extension: DeploymentMode
Id: deployment-mode
Title: "Mode"
Description: "Whether the deployment's cards are shown. Only the operations go-live and suspend set it; what never was live has none."
Context: PlanDefinition
* value[x] only code
* value[x] 1..1
* valueCode from DeploymentModes (required)
