ValueSet: ReportEventValues
Id: report-event-kind
Title: "Kinds of events"
* ^experimental = false
* include codes from system ReportEventCodes
