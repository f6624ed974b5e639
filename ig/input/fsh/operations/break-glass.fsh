Instance: patient-break-glass
InstanceOf: OperationDefinition
Usage: #definition
Title: "Break the glass"
* url = "https://auscult.org/fhir/OperationDefinition/patient-break-glass"
* version = "0.1.0"
* status = #active
* experimental = false
* kind = #operation
* resource = #Patient
* system = false
* type = false
* instance = true
* affectsState = true
* name = "PatientBreakGlass"
* title = "Break the glass"
* description = "Opens the patient's record to the user in an emergency, for a limited time, although a consent or a label of special protection withholds it. It is recorded with its reason, and a Task asks a privacy officer to review it."
* code = #break-glass
* insert In(reason, 1, [["Why it must be, in 10 to 1000 characters."]])
* insert Out(until, 1, 1, instant, [["When it ends."]])
* insert Out(review, 1, 1, Reference, [["The Task by which it is reviewed."]])
