Extension: DeploymentSuspension
Id: deployment-suspension
Title: "Why it is suspended"
Description: "What monitoring found when it suspended the deployment. Only the server sets it; it is gone when the deployment goes live."
Context: PlanDefinition
* extension contains
    reason 1..1 and
    issue 1..1 and
    time 1..1
* extension[reason].value[x] only string
* extension[issue].value[x] only Reference(DetectedIssue)
* extension[time].value[x] only instant
