Extension: AlertEscalation
Id: alert-escalation
Title: "Escalation"
Description: "If nobody acknowledges the Task for so long, its priority is raised, and once more for each such time; as the server is configured if it is absent."
Context: PlanDefinition
* value[x] only Duration
* value[x] 1..1
