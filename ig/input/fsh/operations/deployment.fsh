RuleSet: DeploymentOperation(id)
* url = "https://auscult.org/fhir/OperationDefinition/{id}"
* version = "0.1.0"
* status = #active
* experimental = false
* kind = #operation
* resource = #PlanDefinition
* system = false
* type = false
* instance = true
* affectsState = true

Instance: deployment-go-live
InstanceOf: OperationDefinition
Usage: #definition
Title: "Let a deployment go live"
* insert DeploymentOperation(deployment-go-live)
* name = "DeploymentGoLive"
* title = "Let a deployment go live"
* description = "From the next call on, on every node, discovery offers the deployment and its cards are shown. A draft becomes active by this, and does not change any more. Another version of the same deployment that was live is suspended in the same transaction. Other deployments may answer the same service on the same hook; a call then gets the cards of all. Refused if one of its models is not active."
* code = #go-live
* insert Out(return, 1, 1, PlanDefinition, [["The deployment as it stands now."]])

Instance: deployment-suspend
InstanceOf: OperationDefinition
Usage: #definition
Title: "Suspend a deployment"
* insert DeploymentOperation(deployment-suspend)
* name = "DeploymentSuspend"
* title = "Suspend a deployment"
* description = "From the next call on, on every node, the deployment is neither offered nor answered. Suspending what is not live changes nothing."
* code = #suspend
* insert Out(return, 1, 1, PlanDefinition, [["The deployment as it stands now."]])
