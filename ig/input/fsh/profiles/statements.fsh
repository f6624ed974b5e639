RuleSet: WrittenByAModel
* meta.security 1..* MS
* meta.security ^slicing.discriminator.type = #pattern
* meta.security ^slicing.discriminator.path = "$this"
* meta.security ^slicing.rules = #open
* meta.security contains aiAsserted 1..1
* meta.security[aiAsserted] = $ObsValue#AIAST

Profile: Prediction
Parent: RiskAssessment
Id: prediction
Title: "Prediction"
Description: "What one run of a model said of a patient. The probability is in percent, as R4 has it."
* insert WrittenByAModel
* status = #final
* subject only Reference(Patient)
* occurrence[x] only dateTime
* occurrence[x] 1..1 MS
* method 1..1 MS
* performer 1..1 MS
* performer only Reference(Device)
* prediction 1..* MS
* prediction.outcome 1..1
* prediction.probability[x] only decimal
* prediction.probability[x] 1..1
* prediction.when[x] only Period
* prediction obeys prediction-percent and prediction-horizon and prediction-outcomes-coded
* prediction.extension contains PredictionMargin named margin 1..1
* extension contains
    PredictionModelVersion named model 1..1 MS and
    PredictionEpoch named epoch 1..1 MS and
    CardWithheld named withheld 0..1
* obeys prediction-from-occurrence and prediction-outcomes-distinct

Profile: Score
Parent: Observation
Id: score
Title: "Score"
Description: "A value that a model computed, such as an eGFR: no probability, and no laboratory result."
* insert WrittenByAModel
* status = #final
* category 1..1
* category = ModelStatement#score
* subject 1..1
* effective[x] only dateTime
* effective[x] 1..1
* value[x] only Quantity
* value[x] 1..1
* device 1..1
* extension contains
    PredictionModelVersion named model 1..1 MS and
    PredictionEpoch named epoch 1..1 MS and
    CardWithheld named withheld 0..1
* obeys score-number and score-no-probability

Profile: Points
Parent: Observation
Id: points
Title: "Points"
Description: "A score in points, such as NEWS2: its total, its band as interpretation, and its parts as components. No probability, nothing in percent."
* insert WrittenByAModel
* status = #final
* category 1..1
* category = ModelStatement#score
* subject 1..1
* effective[x] only dateTime
* effective[x] 1..1
* value[x] only Quantity
* value[x] 1..1
* interpretation 1..1 MS
* component.value[x] only Quantity
* component.value[x] 1..1
* device 1..1
* extension contains
    PredictionModelVersion named model 1..1 MS and
    PredictionEpoch named epoch 1..1 MS and
    CardWithheld named withheld 0..1 and
    PredictionInputPeriod named inputPeriod 0..1 MS
* obeys points-whole and points-add-up and points-parts-distinct and points-band-coded

Profile: Explanation
Parent: Observation
Id: explanation
Title: "Explanation"
Description: "Why a prediction is what it is: one component for each input, with its value and its contribution to each output."
* insert WrittenByAModel
* status = #final
* category 1..1
* category = ModelStatement#explanation
* code = ModelStatement#explanation
* subject 1..1
* focus 1..1 MS
* focus only Reference(RiskAssessment or Observation)
* component 1..* MS
* component.value[x] 1..1
* component.value[x] only Quantity
* component.extension contains ExplanationContribution named contribution 0..*
* extension contains
    ExplanationMethod named method 1..1 and
    ExplanationReference named reference 1..1 and
    ExplanationBase named base 1..* and
    ExplanationEvidence named evidence 0..*
* obeys explanation-focus-versioned and explanation-bases-distinct and explanation-contribution-of-base and explanation-contribution-once and explanation-contribution-whole and explanation-inputs-distinct and explanation-input-number

Profile: OrderFindingIssue
Parent: DetectedIssue
Id: order-finding
Title: "Order finding"
Description: "What a table of order rules said of one draft order when it was selected or signed: advice by a band of renal function, or that no band can be used. The order is only named: it is a draft at the caller's."
* status = #final
* code 1..1 MS
* code.coding 1..*
* code.coding ^slicing.discriminator.type = #value
* code.coding ^slicing.discriminator.path = "system"
* code.coding ^slicing.rules = #open
* code.coding contains finding 1..1
* code.coding[finding].system = Canonical(OrderFindingCodes)
* code.coding[finding].code 1..1
* severity 1..1 MS
* patient 1..1 MS
* identified[x] only dateTime
* identified[x] 1..1
* implicated 1..1 MS
* implicated.identifier 1..1
* detail 1..1
* extension contains
    OrderFindingRules named rules 1..1 MS and
    CardWithheld named withheld 0..1
* obeys advice-has-action

Profile: Feedback
Parent: Observation
Id: feedback
Title: "Feedback"
Description: "A clinician's answer to a prediction or its card: who gave it, and by which way it came. No answer is no resource. Answers from before it was kept who answers have neither performer nor method."
* status = #final
* category 1..1
* category = ModelStatement#feedback
* code = ModelStatement#feedback
* subject 1..1
* focus 0..* MS
* focus only Reference(RiskAssessment or Observation or DetectedIssue or GuidanceResponse)
* performer only Reference(Practitioner or PractitionerRole)
* performer 0..1 MS
* method from FeedbackWays (required)
* method MS
* effective[x] only dateTime
* effective[x] 1..1
* value[x] only CodeableConcept
* value[x] 1..1
* value[x] from FeedbackOutcomes (required)
* obeys feedback-reason-of-override and feedback-reason-coded

Profile: OutcomeLabel
Parent: Observation
Id: outcome-label
Title: "Label of an outcome"
Description: "What became of a prediction, by the outcome definition that its model names. Made of the record, and made anew when the record is corrected: each version is the label as the record stood when it was issued. It is no fact of the patient."
* status from OutcomeLabelStatuses (required)
* category 1..1
* category = ModelStatement#outcome-label
* code = ModelStatement#outcome-label
* subject 1..1
* subject only Reference(Patient)
* focus 1..1 MS
* focus only Reference(RiskAssessment or Observation)
* effective[x] only dateTime
* effective[x] 1..1
* effective[x] ^short = "The index time: when it was predicted"
* issued 1..1
* value[x] only CodeableConcept
* value[x] 1..1
* value[x] from OutcomeLabels (required)
* extension contains
    OutcomeLabelDefinition named definition 1..1 MS and
    OutcomeLabelOutput named output 1..1 MS and
    OutcomeLabelTime named time 0..1 MS and
    OutcomeEvidence named evidence 0..*

Profile: OutcomeLabelProvenance
Parent: Provenance
Id: outcome-label-provenance
Title: "Provenance of a label"
Description: "Of what a version of a label was made: the definition, and the evidence. No model wrote it."
* target 1..1 MS
* target only Reference(Observation)
* occurred[x] only dateTime
* occurred[x] 1..1
* agent 1..* MS
* entity 1..* MS
* obeys provenance-targets-versioned

ValueSet: OutcomeLabels
Id: outcome-labels
Title: "Labels of an outcome"
Description: "All labels."
* ^experimental = false
* include codes from system OutcomeLabelCodes

ValueSet: OutcomeLabelStatuses
Id: outcome-label-statuses
Title: "Statuses of a label"
Description: "A label that stands, one that was said otherwise before, and one that may still change by time alone."
* ^experimental = false
* http://hl7.org/fhir/observation-status#final
* http://hl7.org/fhir/observation-status#corrected
* http://hl7.org/fhir/observation-status#preliminary

ValueSet: FeedbackOutcomes
Id: feedback-outcomes
Title: "Outcomes of feedback"
Description: "All outcomes."
* ^experimental = false
* include codes from system FeedbackOutcome

ValueSet: FeedbackWays
Id: feedback-ways
Title: "Ways of feedback"
Description: "All ways."
* ^experimental = false
* include codes from system FeedbackWay

Profile: FeedbackProvenance
Parent: Provenance
Id: feedback-provenance
Title: "Feedback provenance"
Description: "By whom an answer to a prediction was given, by which way and application it came, and what was answered. No model wrote it."
* target 1..1 MS
* target only Reference(Observation)
* occurred[x] only dateTime
* occurred[x] 1..1
* activity 1..1 MS
* activity from FeedbackWays (required)
* agent 1..2 MS
* agent.type 1..1
* obeys provenance-targets-versioned

Profile: AiProvenance
Parent: Provenance
Id: ai-provenance
Title: "AI provenance"
Description: "That a model wrote its targets, and from what."
* target 1..* MS
* reason 1..* MS
* reason = $ObsValue#AIAST
* agent 1..* MS
* agent.role 1..1
* agent.role = $AIRole#Artificial-Intelligence
* agent.who only Reference(Device)
* occurred[x] only dateTime
* occurred[x] 1..1
* obeys provenance-targets-versioned and provenance-targets-distinct

Profile: ModelDevice
Parent: Device
Id: model-device
Title: "Model device"
Description: "A running model version, so that Provenance by agent and recalls work for each version."
* type 1..1 MS
* type = $AIRole#Artificial-Intelligence
* version 1..1 MS
* version.value 1..1
* deviceName 1..* MS
* identifier 1..* MS
* patient 0..0
* obeys device-canonical and device-version-agrees

Profile: HookCall
Parent: GuidanceResponse
Id: hook-call
Title: "Hook call without a number"
Description: "A call that could not be answered with a number, and why."
* requestIdentifier 1..1 MS
* requestIdentifier.value 1..1
* outputParameters 0..0
* result 0..0
* subject 1..1 MS
* occurrenceDateTime 1..1
* reasonCode 1..* MS
* obeys hook-call-says-why and hook-call-status
