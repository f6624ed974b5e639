Extension: RetrainingSite
Id: retraining-site
Title: "Site of retraining"
Description: "For whose patients the model is to be trained again. All if it is absent."
Context: PlanDefinition
* value[x] only Reference(Organization)
* value[x] 1..1
