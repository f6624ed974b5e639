Instance: kidney-order-check
InstanceOf: Deployment
Usage: #definition
Title: "Drugs and the kidneys"
Description: "Holds drug orders, when they are selected or signed, against what their labels and guidelines say of impaired renal function, and shows the risk of kidney failure (KFRE) beside it where the disease is chronic."
* url = "https://auscult.org/fhir/PlanDefinition/kidney-order-check"
* version = "1.0.0"
* name = "KidneyOrderCheck"
* title = "Drugs and the kidneys"
* status = #draft
* experimental = false
* topic = $SCT#90708001 "Kidney disease"
* usage = "Send the draft orders, and the prefetch of every key, or fhirServer with fhirAuthorization so that they can be fetched, or call for a patient of a FHIR server that this service is configured to know. Orders of drugs that its rules do not know are said not to be checked."
* extension[service].valueString = "kidney-order-check"
* extension[onFailure].valueCode = #not-assessed
* extension[timeBudget].valueDuration = 500 'ms'
* insert Reason(already-addressed, Already addressed)
* insert Reason(not-applicable, Does not apply to this patient)
* insert Reason(data-wrong, The data used are wrong or outdated)
* insert Reason(patient-declined, Patient declined)
* insert Reason(other, Other reason)
* action.trigger[0].type = #named-event
* action.trigger[=].name = "order-select"
* action.trigger[+].type = #named-event
* action.trigger[=].name = "order-sign"
* action.action[0].title = "Renal dosing"
* action.action[=].description = "It looks at renal function alone: at no interaction, no allergy and no other reason for another dose. It is demonstration content, to be confirmed by a pharmacist before use."
* action.action[=].documentation.type = #documentation
* action.action[=].documentation.url = "https://auscult.org/fhir/Library/renal-dosing"
* action.action[=].extension[orderRules].valueCanonical = "https://auscult.org/fhir/Library/renal-dosing|1.0.0"
* action.action[+].title = "KFRE 2016, North America"
* action.action[=].description = "A risk of chronic kidney disease, made before CKD-EPI 2021; it says nothing of a dose."
* action.action[=].documentation.type = #documentation
* action.action[=].documentation.url = "https://doi.org/10.1001/jama.2015.18202"
* action.action[=].extension[model].valueCanonical = "https://auscult.org/fhir/Library/kfre-4var-north-america|1.0.0"
* action.action[=].extension[place].valueCode = #context
* action.action[=].extension[output][0].extension[output].valueString = "kidney_failure_5y"
* action.action[=].extension[output][=].extension[title].valueString = "5-year risk of kidney failure"
* action.action[=].extension[output][+].extension[output].valueString = "kidney_failure_2y"
* action.action[=].extension[output][=].extension[title].valueString = "2-year risk of kidney failure"
