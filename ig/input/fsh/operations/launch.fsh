Instance: patient-launch
InstanceOf: OperationDefinition
Usage: #definition
Title: "Launch of a SMART application"
* insert PatientOperation(patient-launch)
* name = "PatientLaunch"
* title = "Launch of a SMART application"
* description = "Opens a launch of a SMART application with this patient, as an EHR does before it opens the application. It is for one application and one user, for ten minutes, and used once."
* code = #launch
* affectsState = true
* type = false
* instance = true
* insert In(client, 1, [["The application's client_id."]])
* insert In(user, 0, [["Name of the only user who may use it; for systems. A user launches for itself."]])
* insert In(encounter, 0, [["Id of the patient's encounter that is open."]])
* insert In(intent, 0, [["What the launch is for."]])
* insert In(needPatientBanner, 0, [["false if the EHR itself shows whose record is open; true if not given."]])
* insert Out(launch, 1, 1, string, [["What the application brings to the authorization endpoint."]])
* insert Out(url, 0, 1, uri, [["The application's launch URL with iss and launch, if it has one."]])
