Profile: MonitoringTask
Parent: Task
Id: monitoring-task
Title: "Finding of monitoring"
Description: "What monitoring found is to be looked into. It names no patient."
* intent = #order
* code 1..1
* code.coding 1..1
* code.coding.system 1..1
* code.coding.system = "https://auscult.org/fhir/CodeSystem/monitoring-alert"
* authoredOn 1..1
* description 1..1
* for 0..0
