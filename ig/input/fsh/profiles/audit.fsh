Profile: AuditLogEvent
Parent: AuditEvent
Id: audit-event
Title: "Audit event"
Description: "An event of the audit log, in the manner of IHE's Basic Audit Log Patterns (BALP): one patient at the most, the client and this server as agents, the user beside them if one is known, and the request's id. It is derived from a leaf of the log, and nobody can write one."
* action 1..1 MS
* outcome 1..1 MS
* extension contains AuditLeafIndex named leafIndex 1..1 MS
* agent ^slicing.discriminator.type = #pattern
* agent ^slicing.discriminator.path = "type"
* agent ^slicing.rules = #open
* agent contains client 1..1 and server 1..1 and user 0..1
* agent[client].type = $DCM#110153
* agent[client].who 1..1
* agent[server].type = $DCM#110152
* agent[server].who 1..1
* agent[user].type = http://terminology.hl7.org/CodeSystem/v3-ParticipationType#IRCP
* agent[user].who 1..1
* entity ^slicing.discriminator[0].type = #pattern
* entity ^slicing.discriminator[0].path = "type"
* entity ^slicing.discriminator[1].type = #exists
* entity ^slicing.discriminator[1].path = "query"
* entity ^slicing.rules = #open
* entity contains patient 0..1 and request 0..1 and operation 1..1
* entity[patient].type = $AuditEntity#1
* entity[patient].role 1..1
* entity[patient].role = $ObjectRole#1
* entity[patient].what 1..1
* entity[patient].query 0..0
* entity[request].type = AuditEntityCodes#request-id
* entity[request].what 1..1
* entity[request].query 0..0
* entity[operation].type = AuditEntityCodes#operation
* entity[operation].what 1..1
* entity[operation].query 0..0

RuleSet: Interaction(action)
* type = http://terminology.hl7.org/CodeSystem/audit-event-type#rest
* subtype 1..1
* subtype.system = "http://hl7.org/fhir/restful-interaction"
* action = #{action}

RuleSet: OfOnePatient
* entity[patient] 1..1

RuleSet: OfKind(kind)
* type = AuditKindCodes#{kind}
* action = #E

Profile: AuditCreate
Parent: AuditLogEvent
Id: audit-create
Title: "Create"
Description: "A resource was created, or was to be."
* insert Interaction(C)

Profile: AuditPatientCreate
Parent: AuditCreate
Id: audit-patient-create
Title: "Create, of a patient"
Description: "A resource about a patient was created, or was to be."
* insert OfOnePatient

Profile: AuditRead
Parent: AuditLogEvent
Id: audit-read
Title: "Read"
Description: "A resource was read, or was to be."
* insert Interaction(R)

Profile: AuditPatientRead
Parent: AuditRead
Id: audit-patient-read
Title: "Read, of a patient"
Description: "A resource about a patient was read, or was to be."
* insert OfOnePatient

Profile: AuditUpdate
Parent: AuditLogEvent
Id: audit-update
Title: "Update"
Description: "A resource was updated or patched, or was to be."
* insert Interaction(U)

Profile: AuditPatientUpdate
Parent: AuditUpdate
Id: audit-patient-update
Title: "Update, of a patient"
Description: "A resource about a patient was updated or patched, or was to be."
* insert OfOnePatient

Profile: AuditDelete
Parent: AuditLogEvent
Id: audit-delete
Title: "Delete"
Description: "A resource was deleted, or was to be."
* insert Interaction(D)

Profile: AuditPatientDelete
Parent: AuditDelete
Id: audit-patient-delete
Title: "Delete, of a patient"
Description: "A resource about a patient was deleted, or was to be."
* insert OfOnePatient

Profile: AuditQuery
Parent: AuditLogEvent
Id: audit-query
Title: "Query"
Description: "A search; what was asked stands in the query entity as it was sent."
* insert Interaction(E)
* entity contains query 0..1
* entity[query].type = $AuditEntity#2
* entity[query].role 1..1
* entity[query].role = $ObjectRole#24
* entity[query].query 1..1

Profile: AuditPatientQuery
Parent: AuditQuery
Id: audit-patient-query
Title: "Query, of a patient"
Description: "A search that asked for a patient, or whose answer shows one."
* insert OfOnePatient

Profile: AuditCdsHookCall
Parent: AuditLogEvent
Id: audit-cds-hook-call
Title: "CDS hook call"
Description: "A CDS Hooks call. Where models spoke, an AI inference stands beside it."
* insert OfKind(hook-call)

Profile: AuditAiInference
Parent: AuditLogEvent
Id: audit-ai-inference
Title: "AI inference"
Description: "Models spoke of a patient, in a hook call or by an operation."
* insert OfKind(inference)

Profile: AuditAiModelStateChange
Parent: AuditLogEvent
Id: audit-ai-model-state-change
Title: "AI model state change"
Description: "A model or deployment was registered, approved, set live, suspended or retired, or was to be."
* insert OfKind(state-change)

Profile: AuditAiFeedback
Parent: AuditLogEvent
Id: audit-ai-feedback
Title: "AI feedback"
Description: "A clinician's answer to a card was taken, or refused."
* insert OfKind(feedback)

Profile: AuditAccessDenied
Parent: AuditLogEvent
Id: audit-access-denied
Title: "Access denied"
Description: "Somebody known asked for what the policy refuses."
* type = AuditKindCodes#access-denied

Profile: AuditLogin
Parent: AuditLogEvent
Id: audit-login
Title: "Login"
Description: "A person signed in or out, or was refused."
* insert OfKind(login)
* subtype 1..1
* subtype.system = $DCM

Profile: AuditToken
Parent: AuditLogEvent
Id: audit-token
Title: "Access token"
Description: "A token was issued, introspected, revoked or refused; never the token itself."
* insert OfKind(token)

Profile: AuditConsent
Parent: AuditLogEvent
Id: audit-consent
Title: "Consent to an application"
Description: "A user let an application act in their name, on the authorization server's screen, or an application of the operator needed no asking. What was permitted stands beside the operation."
* insert OfKind(consent)

Profile: AuditDisclosure
Parent: AuditLogEvent
Id: audit-disclosure
Title: "Disclosure"
Description: "Data left the record in bulk: an export, a report as a file, an archive of the log; or was to."
* insert OfKind(export)
* subtype 1..1
* subtype = $DCM#110106

Profile: BreachTask
Parent: Task
Id: breach-task
Title: "Suspected breach"
Description: "Something that may be a breach is to be looked into by a deadline. It names neither patients nor the suspected, since Tasks are read by many: they stand in the audit log, in the events of kind breach whose entity is this Task."
* intent = #order
* code 1..1
* code = AuditKindCodes#breach
* reasonCode 1..1
* reasonCode.coding 1..1
* reasonCode.coding.system 1..1
* reasonCode.coding.system = "https://auscult.org/fhir/CodeSystem/breach-rule"
* authoredOn 1..1
* restriction 1..1
* restriction.period 1..1
* restriction.period.end 1..1
* for 0..0
* focus 0..0
