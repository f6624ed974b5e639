Extension: AlertSeverity
Id: alert-severity
Title: "Severity"
Description: "How grave a breach is."
Context: PlanDefinition, DetectedIssue
* value[x] only code
* value[x] 1..1
* valueCode from FindingSeverityValues (required)
