Extension: AlertGroup
Id: alert-group
Title: "Group"
Description: "Whose figures are watched; everybody's together if it is absent. Each group of a way of grouping is watched for itself, and each site gets an issue of its own."
Context: PlanDefinition
* extension contains
    way 1..1 and
    group 0..1
* extension[way].value[x] only string
* extension[way] ^short = "Such as site, sex, age"
* extension[group].value[x] only string
* extension[group] ^short = "One of its groups; each one if it is absent"
