Extension: FigureDefinition
Id: figure-definition
Title: "Definition of a figure"
Description: "What exactly the figure is, so that two of one name can be told apart."
Context: MeasureReport.group
* extension contains
    version 1..1 and
    parameter 0..*
* extension[version].value[x] only string
* extension[version] ^short = "Changes whenever the same data would give another figure"
* extension[parameter].value[x] only string
* extension[parameter] ^short = "What else it depends on: binning, threshold, knots; as name = value"
