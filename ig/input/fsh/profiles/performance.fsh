Profile: PerformanceReport
Parent: MeasureReport
Id: performance-report
Title: "Performance of a model"
Description: "How a model did over a window: a group for each figure with its interval, its definition and its number of rows; a stratifier for each way of grouping. Nothing is told of ten people or fewer. The same data give the same report."
* status = #complete
* type = #summary
* measure 1..1
* subject 1..1 MS
* subject only Reference(Device)
* period 1..1
* period.start 1..1
* period.end 1..1
* insert FigureGroups
* extension contains
    PerformanceModel named model 1..1 MS and
    PerformanceOutput named output 1..1 MS and
    PerformanceOutcome named outcome 0..1 MS and
    PerformanceWindow named window 0..1 MS and
    PerformanceCohort named cohort 0..1 MS and
    MarkedEvent named event 0..*

Profile: UseReport
Parent: MeasureReport
Id: use-report
Title: "Use of a deployment's cards"
Description: "What clinicians did with a deployment's cards over a window: counts, reasons of overrides, and a group for each figure with its interval, its definition and its number of rows; a stratifier for each way of grouping. Answers are no outcomes: they say what a clinician thought, and are biased labels. The same data give the same report."
* status = #complete
* type = #summary
* measure 1..1
* subject 0..0
* period 1..1
* period.start 1..1
* period.end 1..1
* insert FigureGroups
* extension contains
    UseDeployment named deployment 1..1 MS and
    PerformanceWindow named window 0..1 MS and
    MarkedEvent named event 0..*

RuleSet: FigureGroups
* group 1..* MS
* group.code 1..1
* group.code from FigureValues (required)
* group.extension contains
    FigureDefinition named definition 0..1 and
    FigureUnknown named unknown 0..1 and
    FigureBy named by 0..1
* group.measureScore.extension contains
    FigureInterval named interval 0..1 and
    FigurePValue named pValue 0..1 and
    FigureNote named note 0..1
