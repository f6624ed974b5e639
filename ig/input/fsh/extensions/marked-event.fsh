Extension: MarkedEvent
Id: marked-event
Title: "Event"
Description: "Something that happened at the site within the report's period."
Context: MeasureReport
* extension contains
    event 1..1 and
    kind 1..1 and
    title 1..1 and
    period 1..1
* extension[event].value[x] only Reference(EventDefinition)
* extension[kind].value[x] only code
* extension[kind].valueCode from ReportEventValues (required)
* extension[title].value[x] only string
* extension[period].value[x] only Period
