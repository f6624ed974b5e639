Profile: AlertRule
Parent: PlanDefinition
Id: alert-rule
Title: "Alert rule"
Description: "When figures of a model, window after window, are a finding, and how grave it is. An active version never changes; those that are active are applied."
* insert Definitional
* title 1..1 MS
* description 1..1 MS
* type 1..1
* type = http://terminology.hl7.org/CodeSystem/plan-definition-type#eca-rule
* action 0..0
* extension contains
    AlertModel named model 0..1 MS and
    AlertOutput named output 0..1 MS and
    AlertFigure named figure 1..1 MS and
    AlertWindow named window 1..1 MS and
    AlertGroup named group 0..1 MS and
    AlertTest named test 1..1 MS and
    AlertMinimum named minimum 1..1 MS and
    AlertConsecutive named consecutive 0..1 and
    AlertSeverity named severity 1..1 MS and
    AlertEscalation named escalation 0..1

Profile: MonitoringIssue
Parent: DetectedIssue
Id: monitoring-issue
Title: "Issue found by monitoring"
Description: "What monitoring found, of one rule and one model, at one site or at all: preliminary while it stands, final with a mitigation when all is in order again. Its versions are its history. It names no patient, and only the server writes it; people answer in its Task."
* code 1..1 MS
* code.coding 1..1
* code.coding.system 1..1
* code.coding.system = "https://auscult.org/fhir/CodeSystem/monitoring-alert"
* severity 1..1 MS
* patient 0..0
* identified[x] 1..1
* identified[x] only Period
* detail 1..1 MS
* implicated only Reference(Device)
* evidence.extension contains AlertBreach named breach 0..1
* extension contains
    AlertSeverity named severity 1..1 and
    AlertEpisode named episode 1..1

Profile: RetrainingPlan
Parent: PlanDefinition
Id: retraining-plan
Title: "Retraining plan"
Description: "When people are asked, by a Task with the reasons and a proposed training window, to train a model again. An active version never changes; those that are active are applied. Nothing is trained by itself."
* insert Definitional
* title 1..1 MS
* description 1..1 MS
* date 1..1 MS
* type 1..1
* type = http://terminology.hl7.org/CodeSystem/plan-definition-type#eca-rule
* action 0..0
* extension contains
    AlertModel named model 1..1 MS and
    RetrainingTrigger named trigger 1..* MS and
    RetrainingWindow named window 0..1 MS and
    RetrainingSite named site 0..1
