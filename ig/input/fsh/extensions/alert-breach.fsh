Extension: AlertBreach
Id: alert-breach
Title: "Breach"
Description: "What a window's figure was, and what it should have been."
Context: DetectedIssue.evidence
* extension contains
    output 0..1 and
    figure 1..1 and
    parameter 0..* and
    by 0..1 and
    way 0..1 and
    group 0..1 and
    value 1..1 and
    n 1..1 and
    least 0..1 and
    most 0..1 and
    period 1..1
* extension[output].value[x] only string
* extension[output] ^short = "Missing where the figure is of the model as a whole"
* extension[figure].value[x] only code
* extension[figure].valueCode from FigureValues (required)
* extension[parameter].value[x] only string
* extension[by].value[x] only string
* extension[way].value[x] only string
* extension[group].value[x] only string
* extension[value].value[x] only Quantity
* extension[value] ^short = "With its interval, if it has one"
* extension[n].value[x] only integer
* extension[least].value[x] only decimal
* extension[least] ^short = "The least that is in order"
* extension[most].value[x] only decimal
* extension[most] ^short = "The greatest that is in order"
* extension[period].value[x] only Period
