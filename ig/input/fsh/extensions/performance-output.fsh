Extension: PerformanceOutput
Id: performance-output
Title: "Output"
Description: "The output of the model that is reported on."
Context: MeasureReport
* value[x] only string
* value[x] 1..1
