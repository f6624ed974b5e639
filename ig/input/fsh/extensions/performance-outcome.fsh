Extension: PerformanceOutcome
Id: performance-outcome
Title: "Outcome"
Description: "The outcome definition against which it is held, as url|version; absent if outcomes are not observed."
Context: MeasureReport
* obeys canonical-pinned
* value[x] only canonical
* value[x] 1..1
