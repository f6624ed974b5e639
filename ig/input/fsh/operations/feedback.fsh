Instance: prediction-feedback
InstanceOf: OperationDefinition
Usage: #definition
Title: "Answer a prediction"
* url = "https://auscult.org/fhir/OperationDefinition/prediction-feedback"
* version = "0.1.0"
* status = #active
* experimental = false
* kind = #operation
* resource[+] = #RiskAssessment
* resource[+] = #Observation
* resource[+] = #DetectedIssue
* resource[+] = #GuidanceResponse
* system = false
* type = false
* instance = true
* affectsState = true
* name = "PredictionFeedback"
* title = "Answer a prediction"
* description = "A clinician's answer to a prediction, under the clinician's own access token, whether a card of it was shown or not. It is called on the RiskAssessment, on the Observation of a value or score, on the DetectedIssue of an order finding, or on the GuidanceResponse of a card that said why there is no number, if its call showed one such card. The same answer with the same time counts once; without a time, the answer that repeats the user's last one. EHRs answer by CDS Hooks' feedback; both come to the same. The answer is the Observation that keeps it."
* code = #feedback
* parameter[+].name = #outcome
* parameter[=].use = #in
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].type = #code
* parameter[=].documentation = "accepted, only if a card was shown that suggested something; or overridden."
* parameter[+].name = #time
* parameter[=].use = #in
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].type = #instant
* parameter[=].documentation = "When the user answered, no later than now; now if not given."
* parameter[+].name = #reason
* parameter[=].use = #in
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].type = #Coding
* parameter[=].documentation = "Why it was overridden."
* parameter[+].name = #comment
* parameter[=].use = #in
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].type = #string
* parameter[=].documentation = "The same in the user's words, up to 4000 characters."
* parameter[+].name = #acceptedSuggestion
* parameter[=].use = #in
* parameter[=].min = 0
* parameter[=].max = "*"
* parameter[=].type = #string
* parameter[=].documentation = "The uuid of a suggestion of the card that was accepted; at least one with accepted."
* parameter[+].name = #return
* parameter[=].use = #out
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].type = #Observation
* parameter[=].documentation = "The feedback Observation."
