Extension: PerformanceWindow
Id: performance-window-kind
Title: "Window"
Description: "What kind of window the period is; absent if somebody asked for it."
Context: MeasureReport
* value[x] only code
* value[x] 1..1
* valueCode from PerformanceWindowValues (required)
