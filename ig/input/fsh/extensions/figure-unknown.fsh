Extension: FigureUnknown
Id: figure-unknown
Title: "Unknown"
Description: "Why there is no value."
Context: MeasureReport.group, MeasureReport.group.stratifier.stratum
* extension contains
    reason 1..1 and
    text 1..1
* extension[reason].value[x] only code
* extension[text].value[x] only string
