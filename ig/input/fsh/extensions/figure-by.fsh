Extension: FigureBy
Id: figure-by
Title: "Between groups"
Description: "Between the groups of which way of grouping the figure is a gap: sex, age, site."
Context: MeasureReport.group
* value[x] only string
* value[x] 1..1
