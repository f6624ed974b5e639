ValueSet: AlertTestValues
Id: alert-test-kind
Title: "Tests of alert rules"
* ^experimental = false
* include codes from system AlertTestCodes

ValueSet: AlertSideValues
Id: alert-side
Title: "Sides of alert rules"
* ^experimental = false
* include codes from system AlertSideCodes

ValueSet: AlertComparedValues
Id: alert-compared
Title: "What alert rules compare"
* ^experimental = false
* include codes from system AlertComparedCodes

ValueSet: FindingSeverityValues
Id: finding-severity
Title: "Severity of findings"
* ^experimental = false
* include codes from system FindingSeverityCodes

ValueSet: RetrainingTriggerValues
Id: retraining-trigger
Title: "Triggers of retraining"
* ^experimental = false
* include codes from system RetrainingTriggerCodes
