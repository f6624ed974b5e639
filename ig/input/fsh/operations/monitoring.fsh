RuleSet: MonitoringOperation(id)
* url = "https://auscult.org/fhir/OperationDefinition/{id}"
* version = "0.1.0"
* status = #active
* experimental = false
* kind = #operation
* system = true
* type = false
* instance = false
* affectsState = false
* insert In(since, 0, [["Of predictions recorded then or later: an instant with its offset; within the configured window if not given."]])
* insert In(sample, 0, [["How many predictions, 1 to 10000; as configured if not given."]])
* insert In(seed, 0, [["A whole number: the same one draws the same of the same journal."]])
* insert Out(since, 1, 1, instant, [["As asked, or of the window."]])
* insert Out(seed, 1, 1, string, [["As asked, or a new one."]])

Instance: skew
InstanceOf: OperationDefinition
Usage: #definition
Title: "Hold served vectors against the record"
* name = "Skew"
* title = "Hold served vectors against the record"
* description = "Makes a sample of served vectors again, from the record as it was in their epoch, by the code and the definitions of now, as a training set would. The answer holds no patient data."
* code = #skew
* insert MonitoringOperation(skew)
* insert Out(predictions, 1, 1, integer, [["Predictions in the sample."]])
* insert Out(vectors, 1, 1, integer, [["Vectors of them: each is equal, different or unchecked."]])
* insert Out(equal, 1, 1, integer, [["Vectors that the record gives again."]])
* insert Out(different, 1, 1, integer, [["Vectors that it does not give again."]])
* insert Out(uncheckedShare, 1, 1, decimal, [["Share of the vectors that could not be checked, 0 to 1."]])
* insert OutGroup(unchecked, [["Vectors that could not be checked."]])
* insert Part(reason, 1, 1, code, [["not-our-patient, caller-facts, basis-unknown, definition-gone or patient-gone."]])
* insert Part(vectors, 1, 1, integer, [["How many."]])
* insert OutGroup(difference, [["In what vectors differ."]])
* insert Part(definition, 1, 1, canonical, [["The feature."]])
* insert Part(kind, 1, 1, code, [["value, unit, evidence, now-missing, now-present, reason or not-in-set."]])
* insert Part(vectors, 1, 1, integer, [["In how many vectors."]])
* insert Part(prediction, 1, 10, string, [["Ids of predictions, ten at most."]])

Instance: freshness
InstanceOf: OperationDefinition
Usage: #definition
Title: "How old the evidence is"
* name = "Freshness"
* title = "How old the evidence is"
* description = "How old the evidence of served features was, and which sources, by site and type of resource, have fallen silent. The answer holds no patient data."
* code = #freshness
* insert MonitoringOperation(freshness)
* insert OutGroup(feature, [["One feature that was served."]])
* insert Part(definition, 1, 1, canonical, [["The feature."]])
* insert Part(served, 1, 1, integer, [["How often it was asked for in the sample."]])
* insert Part(missing, 1, 1, integer, [["How often it was missing."]])
* insert PartGroup(reason, [["Why it was missing."]])
* insert PartOfPart(code, code, [["As vectors say it."]])
* insert PartOfPart(vectors, integer, [["How often."]])
* insert Part(dated, 1, 1, integer, [["How often it rested on dated evidence; what absence proves has none."]])
* insert Part(medianAge, 0, 1, Quantity, [["Hours that half of the ages do not exceed."]])
* insert Part(ninetiethAge, 0, 1, Quantity, [["Hours that nine in ten do not exceed."]])
* insert Part(oldest, 0, 1, Quantity, [["Hours of the oldest."]])
* insert OutGroup(source, [["One source: a site and a type of resource, of which something was stored live."]])
* insert Part(site, 0, 1, string, [["Id of the Organization; absent if the record names none."]])
* insert Part(type, 1, 1, code, [["Type of the resources."]])
* insert Part(lastHeardBefore, 0, 1, instant, [["End of the hour in which it was last heard; absent if that is more than four weeks ago."]])
* insert Part(judged, 1, 1, boolean, [["Whether there is enough to judge by: five hours, the first of them a fortnight ago."]])
* insert Part(silent, 1, 1, boolean, [["Whether it has been silent for longer than is usual."]])
* insert Part(usualGap, 0, 1, Quantity, [["Hours of its usual gap, the third longest of four weeks; of silent sources only."]])

Instance: CardUseOperation
InstanceOf: OperationDefinition
Usage: #definition
Title: "What was done with cards"
* id = "card-use"
* url = "https://auscult.org/fhir/OperationDefinition/card-use"
* version = "0.1.0"
* name = "CardUse"
* title = "What was done with cards"
* status = #active
* experimental = false
* kind = #operation
* description = "What clinicians did with a deployment's cards over any stretch of time, and what was ordered afterwards: a use-report. The answer holds no patient data."
* code = #card-use
* system = true
* type = false
* instance = false
* affectsState = false
* insert In(deployment, 1, [["The deployment, as url|version."]])
* insert In(start, 1, [["Calls made then or later: an instant with its offset."]])
* insert In(end, 0, [["Calls made before then; now if not given."]])
* insert Out(return, 1, 1, MeasureReport, [["A use-report."]])

Instance: monitor
InstanceOf: OperationDefinition
Usage: #definition
Title: "How a model did"
* url = "https://auscult.org/fhir/OperationDefinition/monitor"
* version = "0.1.0"
* name = "Monitor"
* title = "How a model did"
* status = #active
* experimental = false
* kind = #operation
* description = "Holds a model's predictions of any stretch of time against what became of the patients: a performance-report for each output. The answer holds no patient data."
* code = #monitor
* system = true
* type = false
* instance = false
* affectsState = false
* insert In(model, 1, [["The model, as url|version."]])
* insert In(output, 0, [["One of its outputs; every one if not given."]])
* insert In(start, 1, [["Predictions made then or later: an instant with its offset."]])
* insert In(end, 0, [["Predictions made before then; now if not given."]])
* insert In(site, 0, [["Id of an Organization, whose patients' predictions alone count; all if not given."]])
* insert In(cohort, 0, [["A Group that lists members or describes them, as Group/1, whose members' predictions alone count; not with a site. One of ten people or fewer, or that leaves out so few, is refused."]])
* insert Out(return, 1, 1, Bundle, [["A performance-report for each output."]])

Instance: model-report
InstanceOf: OperationDefinition
Usage: #definition
Title: "What monitoring tells of a model, as a page"
* url = "https://auscult.org/fhir/OperationDefinition/model-report"
* version = "0.1.0"
* name = "ModelReport"
* title = "What monitoring tells of a model, as a page"
* status = #active
* experimental = false
* kind = #operation
* description = "Answers with a page (text/html) of one output of a model and one window, or any stretch of time, of everybody, a site or a cohort: what is wrong, figures, curves, groups, drift, series and use of cards. The same data give the same page, letter for letter. It holds no patient data."
* code = #model-report
* system = true
* type = false
* instance = false
* affectsState = false
* insert In(model, 1, [["The model, as url|version."]])
* insert In(window, 0, [["The month with which the window ends, such as 2024-03; or else a start and an end."]])
* insert In(kind, 0, [["month, which it is if not given, or quarter: the three months that end with it."]])
* insert In(output, 0, [["One of the model's outputs; it may be left out if there is one."]])
* insert In(summary, 0, [["true for one page in plain words, of everybody in a window; false if not given."]])
* insert In(start, 0, [["Predictions made then or later: an instant with its offset; in the place of a window."]])
* insert In(end, 0, [["Predictions made before then."]])
* insert In(site, 0, [["Id of an Organization, whose patients' predictions alone count; all if not given."]])
* insert In(cohort, 0, [["A Group, as Group/1, whose members' predictions alone count; not with a site."]])

Instance: drift
InstanceOf: OperationDefinition
Usage: #definition
Title: "How what a model was given has drifted"
* url = "https://auscult.org/fhir/OperationDefinition/drift"
* version = "0.1.0"
* name = "Drift"
* title = "How what a model was given has drifted"
* status = #active
* experimental = false
* kind = #operation
* description = "Holds what a model was given over any stretch of time against a reference window, and asks the record why it differs. The answer holds no patient data."
* code = #drift
* system = true
* type = false
* instance = false
* affectsState = false
* insert In(model, 1, [["The model, as url|version."]])
* insert In(start, 1, [["Predictions recorded then or later: an instant with its offset."]])
* insert In(end, 0, [["Predictions recorded before then; now if not given."]])
* insert In(reference, 0, [["A reference window, as MeasureReport/id; the first full weeks of the model's service if not given."]])
* insert Out(return, 1, 1, MeasureReport, [["A drift-report."]])

Instance: drift-reference
InstanceOf: OperationDefinition
Usage: #definition
Title: "Make a reference window"
* url = "https://auscult.org/fhir/OperationDefinition/drift-reference"
* version = "0.1.0"
* name = "DriftReference"
* title = "Make a reference window"
* status = #active
* experimental = false
* kind = #operation
* description = "Keeps what a model was given over a stretch of time that is over, so that others can be held against it. What was made before stays as it is. The answer holds no patient data."
* code = #drift-reference
* system = true
* type = false
* instance = false
* affectsState = true
* insert In(model, 1, [["The model, as url|version."]])
* insert In(start, 1, [["Predictions recorded then or later: an instant with its offset."]])
* insert In(end, 1, [["Predictions recorded before then; not later than now."]])
* insert Out(return, 1, 1, MeasureReport, [["A drift-reference-report."]])
