RuleSet: TrainingOperation(id)
* url = "https://auscult.org/fhir/OperationDefinition/{id}"
* version = "0.1.0"
* status = #active
* experimental = false
* kind = #operation
* system = true
* type = false
* instance = false
* affectsState = false

Instance: training-set
InstanceOf: OperationDefinition
Usage: #definition
Title: "Make a training set"
* insert TrainingOperation(training-set)
* affectsState = true
* name = "TrainingSet"
* title = "Make a training set"
* description = "Starts the making of a data set: rows of features and labels of a cohort's patients, each as of its own index time, or the raw timeline as MEDS. It is made in the background (Prefer: respond-async): the answer is 202, and its Content-Location says where to ask. The purpose of use must be HRESCH or HOPERAT."
* code = #training-set
* insert In(name, 1, [["Name of the data set; each start makes its next version."]])
* insert In(cohort, 1, [["Whose rows: Patient for everybody, a search such as Patient?gender=female, or a Group such as Group/1, which lists its members or describes them (cohort-criteria)."]])
* insert In(target, 0, [["The population that the cohort is compared with, in the same words; Patient if not given, none for no comparison."]])
* insert In(index, 0, [["When there are rows: admission, visit, discharge, stay, grid or list. Needed for rows."]])
* insert InMany(class, [["Codes of the encounters' class; IMP, ACUTE and NONAC if not given, any for visit."]])
* insert In(offset, 0, [["How long after a stay's begin or end, such as PT24H; PT0S if not given."]])
* insert In(step, 0, [["From one index time to the next of a stay or grid, such as PT1H."]])
* insert In(start, 0, [["First time of a grid."]])
* insert In(end, 0, [["Last time of a grid."]])
* insert InMany(time, [["A listed time: 2024-05-03T10:00:00Z for everybody, Patient/1@2024-05-03T10:00:00Z for one."]])
* insert In(featureSet, 0, [["The feature set, as url|version. Needed for rows."]])
* insert In(outcome, 0, [["The outcome definition that labels the rows, as url|version; no labels if not given."]])
* insert In(split, 0, [["What decides on a row's part: patient, slot (same birth date and sex) or time; patient if not given."]])
* insert In(train, 0, [["Share of the training part; 0.7 if no share is given."]])
* insert In(validation, 0, [["Share of the validation part; 0.15 if no share is given."]])
* insert In(test, 0, [["Share of the test part; 0.15 if no share is given."]])
* insert In(seed, 0, [["Of the split; 0 if not given."]])
* insert InMany(format, [["parquet, csv or ndjson for rows, meds for the raw timeline; parquet if not given."]])
* insert In(missing, 0, [["reasons: each feature is followed by the reason why it is missing; none if not given."]])
* insert In(knowledge, 0, [["By when a fact must have been known for a row to see it: index (its index time) or cut (knownAt); index if not given."]])
* insert In(knownAt, 0, [["The data set's cut: what is known later is not in it; now if not given."]])

Instance: training-set-status
InstanceOf: OperationDefinition
Usage: #definition
Title: "Status of a training set"
* insert TrainingOperation(training-set-status)
* name = "TrainingSetStatus"
* title = "Status of a training set"
* description = "202 with X-Progress and Retry-After while it is being made, 200 with the list of its files (JSON, as of a bulk export) and the manifest when it is made. DELETE cancels it."
* code = #training-set-status
* insert In(job, 1, [["Id of the data set, as the Content-Location of its start has it."]])

Instance: training-set-file
InstanceOf: OperationDefinition
Usage: #definition
Title: "File of a training set"
* insert TrainingOperation(training-set-file)
* name = "TrainingSetFile"
* title = "File of a training set"
* description = "The bytes of one file, for whoever started the making of the data set."
* code = #training-set-file
* insert In(job, 1, [["Id of the data set."]])
* insert In(file, 1, [["The file's name, as the status lists it; manifest.json too."]])

Instance: training-set-compare
InstanceOf: OperationDefinition
Usage: #definition
Title: "Compare two training sets"
* insert TrainingOperation(training-set-compare)
* name = "TrainingSetCompare"
* title = "Compare two training sets"
* description = "How two data sets differ: in their bytes, their definitions and requests, their patients, and their counts."
* code = #training-set-compare
* insert In(left, 1, [["Id of one data set."]])
* insert In(right, 1, [["Id of another."]])
* insert Out(left, 1, 1, string, [["Name and version of the one."]])
* insert Out(right, 1, 1, string, [["Name and version of the other."]])
* insert Out(sameBytes, 1, 1, boolean, [["Whether their files have the same names and bytes."]])
* insert Out(inBoth, 1, 1, decimal, [["How many patients are in both."]])
* insert Out(movedToAnotherPart, 1, 1, decimal, [["How many of these are in another part of the other."]])
* insert OutGroup(difference, [["Something of the manifests that is not the same."]])
* insert Part(what, 1, 1, string, [["Where it stands in the manifest."]])
* insert Part(left, 0, 1, string, [["What the one says."]])
* insert Part(right, 0, 1, string, [["What the other says."]])
