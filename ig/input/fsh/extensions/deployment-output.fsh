Extension: DeploymentOutput
Id: deployment-output
Title: "Output on the card"
Description: "How one output looks; the first one is the card's headline. From warning and from critical on, in the unit shown (percent for a probability), the card bears that indicator."
Context: PlanDefinition.action.action
* obeys deployment-thresholds
* extension contains
    output 1..1 and
    title 1..1 and
    warning 0..1 and
    critical 0..1 and
    show 0..1
* extension[output].value[x] only string
* extension[title].value[x] only string
* extension[warning].value[x] only decimal
* extension[critical].value[x] only decimal
* extension[show].value[x] only decimal
* extension[show] ^short = "From which number on the card is shown, in the unit shown; without it always, but on patient-view from warning on"
