Extension: AlertFigure
Id: alert-figure
Title: "Figure"
Description: "Which figure of reports is watched. Where several are so, such as at several thresholds, each is watched for itself."
Context: PlanDefinition
* extension contains
    code 1..1 and
    parameter 0..* and
    by 0..1
* extension[code].value[x] only code
* extension[code].valueCode from FigureValues (required)
* extension[parameter].value[x] only string
* extension[parameter] ^short = "What its definition must say besides, as name = value"
* extension[by].value[x] only string
* extension[by] ^short = "Of a gap: between the groups of which way of grouping"
