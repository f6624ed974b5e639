Instance: patient-predict
InstanceOf: OperationDefinition
Usage: #definition
Title: "Run a model on a patient"
* insert PatientOperation(patient-predict)
* name = "PatientPredict"
* title = "Run a model on a patient"
* description = "Runs one registered model on one patient now, and the models that stand in for its inputs. Like a hook call, it is in the journal before it is answered; the resources follow."
* code = #predict
* affectsState = true
* type = false
* instance = true
* insert In(model, 1, [["The model, as url|version."]])
* insert OutGroup(run, [["One run of one model."]])
* insert Part(model, 1, 1, canonical, [["The model, as url|version."]])
* insert Part(resource, 0, 1, Reference, [["The RiskAssessment, or for a value the Observation, that keeps what the model said."]])
* insert PartGroup(output, [["One output."]])
* insert PartOfPart(name, string, [["The output's machine name."]])
* insert PartOfPart(value, decimal, [["A probability from 0 to 1, or a value in the output's unit."]])
* insert PartGroup(not-eligible, [["A criterion of the model that the patient does not meet."]])
* insert PartOfPart(code, code, [["Code of the reason."]])
* insert PartOfPart(text, string, [["The same in words."]])
* insert PartGroup(not-assessed, [["What is missing, out of range, or withheld."]])
* insert PartOfPart(code, code, [["Code of the reason."]])
* insert PartOfPart(text, string, [["The same in words."]])
