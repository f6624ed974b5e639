Profile: ReportEvent
Parent: EventDefinition
Id: report-event
Title: "Event that reports mark"
Description: "Something that happened at the site: while it is active, each report on a model lists it whose window it touches. One without an end goes on; one that is a moment ends when it begins."
* status MS
* title 1..1 MS
* topic 1..1 MS
* topic from ReportEventValues (required)
* effectivePeriod 1..1 MS
* effectivePeriod.start 1..1
* trigger.type = #named-event
* trigger.name 1..1
