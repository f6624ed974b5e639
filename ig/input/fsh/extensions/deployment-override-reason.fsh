Extension: DeploymentOverrideReason
Id: deployment-override-reason
Title: "Override reason"
Description: "A reason that a clinician may give for not following a card, with the display to choose it by."
Context: PlanDefinition
* value[x] only Coding
* value[x] 1..1
* valueCoding.system 1..1
* valueCoding.code 1..1
* valueCoding.display 1..1
