Extension: AlertWindow
Id: alert-window
Title: "Windows"
Description: "Of which windows the figures are. A window that is still open counts as soon as it holds enough rows."
Context: PlanDefinition
* value[x] only code
* value[x] 1..1
* valueCode from PerformanceWindowValues (required)
