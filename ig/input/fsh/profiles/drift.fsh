RuleSet: OfDrift
* status = #complete
* type = #summary
* measure 1..1
* subject 1..1 MS
* subject only Reference(Device)
* period 1..1
* period.start 1..1
* period.end 1..1
* group 1..* MS
* group.code 1..1
* group.code from FigureValues (required)

Profile: DriftReport
Parent: MeasureReport
Id: drift-report
Title: "Drift of a model's inputs"
Description: "How what a model was given, and what it said, over a window stands to a reference window: a group for each figure of each feature and output, and why features drifted. Nothing is told of ten people or fewer. The same data give the same report."
* insert OfDrift
* group.extension contains
    FigureDefinition named definition 0..1 and
    FigureUnknown named unknown 0..1 and
    FigureFeature named feature 0..1 and
    FigureOutput named output 0..1
* group.measureScore.extension contains
    FigureInterval named interval 0..1 and
    FigurePValue named pValue 0..1 and
    FigureBand named band 0..1 and
    FigureNote named note 0..1
* extension contains
    PerformanceModel named model 1..1 MS and
    PerformanceWindow named window 0..1 MS and
    DriftReference named reference 1..1 MS and
    DriftCause named cause 0..* MS and
    MarkedEvent named event 0..*

Profile: DriftReferenceReport
Parent: MeasureReport
Id: drift-reference-report
Title: "Reference window of a model's inputs"
Description: "What a model was given, and what it said, over a stretch of time against which later windows are held: how rows spread over bins. Bins of ten rows or fewer are hidden. It never changes; its hash is that of all that the server keeps of it."
* insert OfDrift
* group.extension contains
    FigureDefinition named definition 0..1 and
    FigureFeature named feature 0..1 and
    FigureOutput named output 0..1
* extension contains
    PerformanceModel named model 1..1 MS and
    DriftReference named reference 1..1 MS
