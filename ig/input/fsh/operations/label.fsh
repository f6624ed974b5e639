Instance: patient-label
InstanceOf: OperationDefinition
Usage: #definition
Title: "Label of a patient"
* insert PatientOperation(patient-label)
* name = "PatientLabel"
* title = "Label of a patient"
* description = "What became of one patient after an index time, by an outcome definition and as known at a time: event, no event, censored, a competing event, or excluded; with the evidence."
* code = #label
* affectsState = false
* type = false
* instance = true
* insert In(definition, 1, [["The outcome definition, as url|version."]])
* insert In(indexTime, 1, [["From when on it is asked: an instant with its offset, or a date, which counts to the end of the site's day."]])
* insert In(knownAt, 0, [["Only what was known by then, not before the index time; now if not given."]])
* insert Out(definition, 1, 1, canonical, [["The outcome definition, as url|version."]])
* insert Out(patient, 1, 1, Reference, [["The patient."]])
* insert Out(indexTime, 1, 1, instant, [["From when on it was asked."]])
* insert Out(knownAt, 1, 1, instant, [["Only what was known by then."]])
* insert Out(epoch, 1, 1, decimal, [["The patient's epoch when the facts were read."]])
* insert Out(label, 1, 1, Coding, [["The label, of the code system outcome-label."]])
* insert Out(time, 0, 1, instant, [["When it happened; until when the patient was followed; or until when nobody had seen it. Absent if excluded."]])
* insert Out(competing, 0, 1, string, [["What happened first: death, or the name of a feature."]])
* insert Out(reason, 0, 1, Coding, [["Why censored or excluded, of the code system outcome-label-reason."]])
* insert Out(detail, 0, 1, string, [["The same in words."]])
* insert Out(evidence, 0, *, Reference, [["The resource versions that the label rests on."]])
* insert Out(known, 0, 1, instant, [["Since when all of the evidence was known here."]])
