Extension: DeploymentSuspends
Id: deployment-suspends
Title: "Suspended by critical findings"
Description: "Whether a critical finding of monitoring about one of its models suspends the deployment. A person lets it go live again; the same finding does not suspend it twice."
Context: PlanDefinition
* value[x] only boolean
* value[x] 1..1
