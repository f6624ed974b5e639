Instance: rotate-key
InstanceOf: OperationDefinition
Usage: #definition
Title: "Replace a key"
* url = "https://auscult.org/fhir/OperationDefinition/rotate-key"
* version = "0.1.0"
* status = #active
* experimental = false
* kind = #operation
* system = true
* type = false
* instance = false
* affectsState = true
* name = "RotateKey"
* title = "Replace a key"
* description = "Puts a new key in the place of the one that signs for a purpose, at once, for an administrator who fears that it leaked. The private half of the former is erased; what it signed still verifies. Keys are also replaced by age (auscult.keys.rotate-after)."
* code = #rotate-key
* insert In(purpose, 1, [["token, tree-head, record-signature, demonstration-ehr or ehr-launch."]])
* insert Out(purpose, 1, 1, code, [["As asked."]])
* insert Out(key, 1, 1, string, [["Id of the key that signs now."]])
* insert Out(algorithm, 1, 1, code, [["Its algorithm, by the name of JOSE."]])
