Extension: DeploymentTimeBudget
Id: deployment-time-budget
Title: "Time budget"
Description: "How long its models may take, from when the patient's data are there. What has no answer by then has failed."
Context: PlanDefinition
* obeys budget-within-limits
* value[x] only Duration
* value[x] 1..1
