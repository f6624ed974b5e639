Extension: FigureFeature
Id: figure-feature
Title: "Of a feature"
Description: "The name of the feature that the figure is about."
Context: MeasureReport.group
* value[x] only string
* value[x] 1..1
