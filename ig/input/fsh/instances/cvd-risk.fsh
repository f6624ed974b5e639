Instance: cvd-risk
InstanceOf: PlanDefinition
Usage: #definition
Title: "Ten-year cardiovascular risk"
Description: "The CDS service that shows PREVENT's risks when a patient's record is opened."
* url = "https://auscult.org/fhir/PlanDefinition/cvd-risk"
* version = "0.1.0"
* name = "CvdRisk"
* title = "Ten-year cardiovascular risk"
* status = #active
* experimental = false
* type = http://terminology.hl7.org/CodeSystem/plan-definition-type#eca-rule
* library = "https://auscult.org/fhir/Library/prevent-2023|1.0.0"
* action.trigger.type = #named-event
* action.trigger.name = "patient-view"
