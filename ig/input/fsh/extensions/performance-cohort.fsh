Extension: PerformanceCohort
Id: performance-cohort
Title: "Cohort"
Description: "The Group, in its version, whose members alone are reported on; absent if everybody is."
Context: MeasureReport
* value[x] only Reference(Group)
* value[x] 1..1
