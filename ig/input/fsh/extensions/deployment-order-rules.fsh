Extension: DeploymentOrderRules
Id: deployment-order-rules
Title: "Order rules"
Description: "The version of a table of order rules by which the action judges the orders of the call, as url|version."
Context: PlanDefinition.action.action
* value[x] only canonical
* value[x] 1..1
