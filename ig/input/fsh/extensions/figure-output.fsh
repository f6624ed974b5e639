Extension: FigureOutput
Id: figure-output
Title: "Of an output"
Description: "The name of the output that the figure is about."
Context: MeasureReport.group
* value[x] only string
* value[x] 1..1
