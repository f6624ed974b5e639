Extension: UseDeployment
Id: use-deployment
Title: "Deployment"
Description: "The version of the deployment that is reported on, as url|version."
Context: MeasureReport
* obeys canonical-pinned
* value[x] only canonical
* value[x] 1..1
