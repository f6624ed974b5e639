Instance: patient-rebuild-timeline
InstanceOf: OperationDefinition
Usage: #definition
Title: "Rebuild timelines"
* insert PatientOperation(patient-rebuild-timeline)
* name = "PatientRebuildTimeline"
* title = "Rebuild timelines"
* description = "Makes timelines anew from the record's history and says how they differ. Of one patient, together with those who share a resource with this one; or, called on the type, of the next patients in the order of their ids: call it again with next as after until there is no next."
* code = #rebuild-timeline
* affectsState = true
* type = true
* instance = true
* insert In(mode, 0, [["compare, which leaves everything as it is, or write, which keeps the rebuilt rows; compare if not given."]])
* insert In(after, 0, [["On the type: begin after this patient id; at the first if not given."]])
* insert In(count, 0, [["On the type: patients on a page, a whole number from 1 to 1000; 20 if not given."]])
* insert Out(patient, 0, *, Reference, [["Of one patient: the patients that were rebuilt."]])
* insert Out(patients, 0, 1, integer, [["On the type: patients on this page."]])
* insert Out(liveRows, 1, 1, integer, [["Rows that there were."]])
* insert Out(rebuiltRows, 1, 1, integer, [["Rows that the history gives."]])
* insert Out(differingRows, 1, 1, integer, [["Rows that are in one of both only."]])
* insert Out(example, 0, *, string, [["Of one patient: a row that differs."]])
* insert OutGroup(different, [["On the type: one rebuild that differed."]])
* insert Part(patient, 1, *, Reference, [["Its patients."]])
* insert Part(differingRows, 1, 1, integer, [["Rows that are in one of both only."]])
* insert Part(example, 0, *, string, [["A row that differs."]])
* insert Out(remaining, 0, 1, integer, [["On the type: patients after this page."]])
* insert Out(next, 0, 1, string, [["On the type: the last patient id of this page; absent if none remains."]])
