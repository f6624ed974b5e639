Extension: PerformanceModel
Id: performance-model
Title: "Model"
Description: "The version of the model that is reported on, as url|version."
Context: MeasureReport
* obeys canonical-pinned
* value[x] only canonical
* value[x] 1..1
