Instance: patient-features
InstanceOf: OperationDefinition
Usage: #definition
Title: "Features of a patient"
* insert PatientOperation(patient-features)
* name = "PatientFeatures"
* title = "Features of a patient"
* description = "The values of a feature set for one patient, as of a time and as known at a time or in an epoch; each with its evidence, or with the reason why it is missing."
* code = #features
* affectsState = false
* type = false
* instance = true
* insert In(featureSet, 1, [["The feature set, as url|version, or its url for the latest active version."]])
* insert AsOf
* insert Out(featureSet, 1, 1, canonical, [["The feature set, as url|version."]])
* insert Out(patient, 1, 1, Reference, [["The patient."]])
* insert Out(at, 1, 1, instant, [["Index time."]])
* insert Out(knownAt, 0, 1, instant, [["Facts known by then; absent if the question was by epoch."]])
* insert Out(epoch, 1, 1, decimal, [["The patient's epoch from which the facts were read."]])
* insert OutGroup(feature, [["One for each member of the set, in tensor order."]])
* insert Part(name, 1, 1, string, [["The feature's machine name."]])
* insert Part(definition, 1, 1, canonical, [["The feature's definition, as url|version."]])
* insert Part(title, 1, 1, string, [["The feature's title for people."]])
* insert Part(expansion, 0, 1, string, [["SHA-256 of what the feature's ValueSets expand to; absent if it names none."]])
* insert Part(mapping, 0, 1, string, [["SHA-256 of what mappings add to the feature's codes and units; absent if they add nothing."]])
* insert Part(value, 0, 1, Element, [["A Quantity in the feature's unit; a boolean for exists and for coded answers. Absent if missing is there."]])
* insert Part(origin, 0, 1, code, [["record, or default if the definition's default was put in."]])
* insert Part(text, 0, 1, string, [["Where a default comes from, or what a value rests on, in words."]])
* insert Part(evidence, 0, *, Reference, [["The resource versions that the value rests on."]])
* insert Part(effective, 0, 1, instant, [["When the value was true."]])
* insert Part(known, 0, 1, instant, [["Since when the value was known here."]])
* insert Part(missing, 0, 1, Coding, [["Why there is no value, of the code system missing-reason."]])
* insert Part(detail, 0, 1, string, [["The same in words."]])
