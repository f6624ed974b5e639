Instance: patient-timeline
InstanceOf: OperationDefinition
Usage: #definition
Title: "Timeline of a patient"
* insert PatientOperation(patient-timeline)
* name = "PatientTimeline"
* title = "Timeline of a patient"
* description = "The facts that the record holds of one patient, the latest first, as of a time and as known at a time or in an epoch."
* code = #timeline
* affectsState = false
* type = false
* instance = true
* insert In(code, 0, [["Only facts with this code: system|code, or code."]])
* insert AsOf
* insert In(_count, 0, [["Facts on a page, a whole number from 1 to 1000; 100 if not given."]])
* insert In(_offset, 0, [["How many facts to pass over, a whole number."]])
* insert Out(patient, 1, 1, Reference, [["The patient."]])
* insert Out(epoch, 1, 1, decimal, [["The patient's epoch from which the facts were read."]])
* insert Out(total, 1, 1, integer, [["How many facts there are on all pages."]])
* insert Out(offset, 1, 1, integer, [["How many facts were passed over."]])
* insert OutGroup(fact, [["One fact."]])
* insert Part(source, 1, 1, Reference, [["The resource version that states the fact."]])
* insert Part(slot, 0, 1, integer, [["Which of several facts of that resource; absent for the first."]])
* insert Part(code, 0, *, Coding, [["What the fact is about."]])
* insert Part(display, 0, 1, string, [["The same in words."]])
* insert Part(value, 0, *, Element, [["A Quantity as recorded, Codings, a string, a boolean or a date."]])
* insert Part(preferredValue, 0, 1, Quantity, [["The value in the unit that is usual for the code."]])
* insert Part(valueText, 0, 1, string, [["Words beside a coded value."]])
* insert Part(absent, 0, 1, string, [["Why the record says that there is no value."]])
* insert Part(effective, 0, 1, instant, [["When the fact was, or began to be, true."]])
* insert Part(effectiveUntil, 0, 1, instant, [["When it ceased to be true."]])
* insert Part(precision, 1, 1, code, [["How exactly the record states the time."]])
* insert Part(knownFrom, 1, 1, instant, [["Since when the fact was known here."]])
* insert Part(knownUntil, 0, 1, instant, [["When it was replaced or withdrawn."]])
* insert Part(knownBasis, 1, 1, code, [["Whether the known time was observed or reconstructed."]])
* insert Part(epochFrom, 1, 1, decimal, [["First epoch of the patient that has the fact."]])
* insert Part(epochUntil, 0, 1, decimal, [["First epoch that has it no more."]])
* insert Part(status, 0, 1, string, [["The resource's status."]])
* insert Part(category, 0, 1, string, [["The resource's category."]])
* insert Part(interpretation, 0, 1, string, [["The recorded interpretation."]])
* insert Part(flag, 0, 1, code, [["How it stands to what is usual."]])
* insert Part(performer, 0, *, Coding, [["Who did it."]])
* insert Part(bodySite, 0, *, Coding, [["Where on the body."]])
* insert Part(method, 0, *, Coding, [["How."]])
* insert Part(device, 0, *, Coding, [["With what."]])
* insert Part(encounter, 0, 1, Reference, [["The encounter that it belongs to."]])
* insert Part(site, 0, 1, Reference, [["The organisation that recorded it."]])
* insert Part(author, 1, 1, code, [["Who stated it."]])
