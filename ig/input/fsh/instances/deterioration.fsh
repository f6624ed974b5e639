Instance: deterioration
InstanceOf: Deployment
Usage: #definition
Title: "Deterioration (NEWS2)"
Description: "Adds up the National Early Warning Score 2 of the last set of vital signs of a patient who is in hospital, when the chart is opened or an encounter starts. It is one look at one set of observations, and no surveillance."
* url = "https://auscult.org/fhir/PlanDefinition/deterioration"
* version = "1.0.0"
* name = "Deterioration"
* title = "Deterioration (NEWS2)"
* status = #draft
* experimental = false
* usage = "Send the prefetch of every key, or fhirServer with fhirAuthorization so that they can be fetched, or call for a patient of a FHIR server that this service is configured to know. It is silent for whom it does not know to be in hospital."
* extension[service].valueString = "deterioration"
* extension[onFailure].valueCode = #not-assessed
* extension[display].extension[unchanged].valueDuration = 12 'h'
* extension[timeBudget].valueDuration = 500 'ms'
* insert Reason(already-addressed, Already addressed)
* insert Reason(not-applicable, Does not apply to this patient)
* insert Reason(data-wrong, The data used are wrong or outdated)
* insert Reason(other, Other reason)
* action.trigger[0].type = #named-event
* action.trigger[=].name = "patient-view"
* action.trigger[+].type = #named-event
* action.trigger[=].name = "encounter-start"
* action.action.title = "NEWS2"
* action.action.description = "The sum of points of one set of vital signs. It is not surveillance: it says nothing of what came after the set, and does not replace a clinical assessment."
* action.action.documentation.type = #documentation
* action.action.documentation.url = "https://www.rcp.ac.uk/resources/national-early-warning-score-news-2/"
* action.action.extension[model].valueCanonical = "https://auscult.org/fhir/Library/news2|1.0.0"
// From 5 points on an urgent response, from 7 on an emergency response: RCP 2017, the NEWS2 thresholds and triggers.
* action.action.extension[output][0].extension[output].valueString = "news2"
* action.action.extension[output][=].extension[title].valueString = "NEWS2"
* action.action.extension[output][=].extension[warning].valueDecimal = 5
* action.action.extension[output][=].extension[critical].valueDecimal = 7
