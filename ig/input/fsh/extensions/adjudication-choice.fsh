Extension: AdjudicationChoice
Id: adjudication-choice
Title: "Choice"
Description: "How many cases of each window a way chooses."
Context: PlanDefinition
* extension contains
    way 1..1 and
    count 1..1
* extension[way].value[x] only code
* extension[way].valueCode from AdjudicationWayValues (required)
* extension[count].value[x] only positiveInt
