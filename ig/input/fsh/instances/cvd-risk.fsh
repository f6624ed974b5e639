RuleSet: Reason(code, display)
* extension[overrideReason][+].valueCoding = OverrideReason#{code} "{display}"

Instance: cvd-risk
InstanceOf: Deployment
Usage: #definition
Title: "Ten-year cardiovascular risk"
Description: "Estimates the ten-year risk of cardiovascular disease with the PREVENT equations (2023) for adults of 30 to 79 years without known cardiovascular disease, and shows what it rests on."
* url = "https://auscult.org/fhir/PlanDefinition/cvd-risk"
* version = "1.0.0"
* name = "CvdRisk"
* title = "Ten-year cardiovascular risk"
* status = #draft
* experimental = false
* topic = $SCT#49601007 "Disorder of cardiovascular system"
* usage = "Send the prefetch of every key, or fhirServer with fhirAuthorization so that they can be fetched, or call for a patient of a FHIR server that this service is configured to know."
* extension[service].valueString = "cvd-risk"
* extension[onFailure].valueCode = #not-assessed
* extension[display].extension[unchanged].valueDuration = 7 'd'
* extension[display].extension[snooze].valueDuration = 30 'd'
* insert Reason(already-addressed, Already addressed)
* insert Reason(not-applicable, Does not apply to this patient)
* insert Reason(data-wrong, The data used are wrong or outdated)
* insert Reason(patient-declined, Patient declined)
* insert Reason(other, Other reason)
* action.trigger.type = #named-event
* action.trigger.name = "patient-view"
* action.action.title = "PREVENT 2023"
* action.action.description = "It estimates how many people with the same values have a first heart attack, stroke or heart failure within ten years. It informs a shared decision; it does not say what to do."
* action.action.documentation.type = #documentation
* action.action.documentation.url = "https://doi.org/10.1161/CIRCULATIONAHA.123.067626"
* action.action.extension[model].valueCanonical = "https://auscult.org/fhir/Library/prevent-2023|1.0.0"
// 7.5 % of total cardiovascular disease is where the 2025 AHA/ACC guideline on high blood pressure
// (doi:10.1161/CIR.0000000000001356) speaks of increased risk. 7.5 % and 20 % bound intermediate and
// high in the 2018 AHA/ACC cholesterol guideline (doi:10.1161/CIR.0000000000000625); those were set
// for the pooled cohort equations, whose numbers run higher, so 20 % here is the more cautious.
* action.action.extension[output][0].extension[output].valueString = "total_cvd"
* action.action.extension[output][=].extension[title].valueString = "10-year risk of cardiovascular disease"
* action.action.extension[output][=].extension[warning].valueDecimal = 7.5
* action.action.extension[output][=].extension[critical].valueDecimal = 20
* action.action.extension[output][+].extension[output].valueString = "ascvd"
* action.action.extension[output][=].extension[title].valueString = "10-year risk of atherosclerotic cardiovascular disease"
* action.action.extension[output][+].extension[output].valueString = "heart_failure"
* action.action.extension[output][=].extension[title].valueString = "10-year risk of heart failure"
