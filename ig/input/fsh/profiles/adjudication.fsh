Profile: AdjudicationPlan
Parent: PlanDefinition
Id: adjudication-plan
Title: "Adjudication plan"
Description: "Which labels of an outcome people look at, by which guideline, and who they are. An active version never changes; those that are active are carried out."
* insert Definitional
* title 1..1 MS
* description 1..1 MS
* effectivePeriod 1..1 MS
* effectivePeriod.start 1..1
* type 1..1
* type = http://terminology.hl7.org/CodeSystem/plan-definition-type#workflow-definition
* action 0..0
* extension contains
    AdjudicationOutcome named outcome 1..1 MS and
    AdjudicationForm named form 1..1 MS and
    AdjudicationGuideline named guideline 1..1 MS and
    AdjudicationChoice named choice 1..3 MS and
    AdjudicationSeed named seed 1..1 MS and
    AdjudicationWindow named window 1..1 MS and
    AdjudicationPerformer named performer 3..* MS and
    AdjudicationAnswer named answer 1..1 MS

Profile: AdjudicationQuestionnaire
Parent: Questionnaire
Id: adjudication-questionnaire
Title: "Question to adjudicators"
Description: "Whether an outcome happened: one question, with three answers. An active version never changes."
* insert Definitional
* item 1..* MS
* obeys adjudication-one-question

Profile: AdjudicationTask
Parent: Task
Id: adjudication-task
Title: "Task of an adjudicator"
Description: "Asks one person to judge one case. It tells neither the model's score nor the rule's label nor what others said. It is answered by a QuestionnaireResponse that names it, which completes it; besides, only its status and its owner change."
* code 1..1 MS
* for 1..1 MS
* for only Reference(Patient)
* focus 0..0
* owner 1..1 MS
* owner only Reference(Practitioner)
* restriction 1..1
* restriction.period 1..1
* restriction.period.end 1..1
* input 1..* MS

Profile: AdjudicationResponse
Parent: QuestionnaireResponse
Id: adjudication-response
Title: "Answer of an adjudicator"
Description: "What one person said of one case. It never changes."
* questionnaire 1..1 MS
* status = #completed
* subject 1..1 MS
* subject only Reference(Patient)
* author 1..1 MS
* author only Reference(Practitioner)
* authored 1..1
* item 1..2
* extension contains AdjudicationOfTask named task 1..1 MS

Profile: AdjudicatedLabel
Parent: Observation
Id: adjudicated-label
Title: "Adjudicated label of an outcome"
Description: "What people said became of a prediction, beside the label by the rule, which stays. derivedFrom are their answers; its Provenance names them once more. It is no fact of the patient."
* status = #final
* category 1..1
* category = ModelStatement#adjudicated-label
* code = ModelStatement#adjudicated-label
* subject 1..1
* subject only Reference(Patient)
* focus 1..1 MS
* focus only Reference(RiskAssessment or Observation)
* effective[x] only dateTime
* effective[x] 1..1
* effective[x] ^short = "The index time: when it was predicted"
* issued 1..1
* performer 2..3 MS
* performer only Reference(Practitioner)
* value[x] only CodeableConcept
* value[x] 1..1
* value[x] from AdjudicationVerdictValues (required)
* derivedFrom 2..3 MS
* derivedFrom only Reference(QuestionnaireResponse)
* extension contains
    OutcomeLabelDefinition named definition 1..1 MS and
    OutcomeLabelOutput named output 1..1 MS and
    AdjudicationByPlan named plan 1..1 MS and
    AdjudicationGuideline named guideline 1..1 MS

Profile: LabelQualityReport
Parent: MeasureReport
Id: label-quality-report
Title: "Quality of labels"
Description: "How good labels by rule are, by those who looked at some: counts of cases, and a group for each figure with its interval, its definition and its number of rows. Figures are of the random sample alone, and nothing is told of ten cases or fewer. The same verdicts give the same report."
* status = #complete
* type = #summary
* measure 1..1
* subject 0..0
* period 1..1
* period.start 1..1
* period.end 1..1
* insert FigureGroups
* extension contains
    PerformanceOutcome named outcome 1..1 MS and
    AdjudicationByPlan named plan 1..1 MS and
    AdjudicationGuideline named guideline 1..1 MS and
    PerformanceWindow named window 1..1 MS and
    MarkedEvent named event 0..*
