Extension: DeploymentService
Id: deployment-service
Title: "Service id"
Description: "The last part of the address of the CDS service."
Context: PlanDefinition
* value[x] only string
* value[x] 1..1
