Extension: RetrainingTrigger
Id: retraining-trigger
Title: "Trigger of retraining"
Description: "What makes it time to train a model again: time (every three months, unless it says otherwise), an open issue of performance or drift, of one alert rule or of any, or an event of one kind."
Context: PlanDefinition
* extension contains
    kind 1..1 and
    every 0..1 and
    rule 0..1 and
    event 0..1
* extension[kind].value[x] only code
* extension[kind].valueCode from RetrainingTriggerValues (required)
* extension[every].value[x] only Duration
* extension[every] ^short = "Of time: in d, wk, mo or a"
* extension[rule].value[x] only canonical
* extension[rule] ^short = "Of performance and drift: the alert rule, as url|version or url"
* extension[event].value[x] only code
* extension[event].valueCode from ReportEventValues (required)
