CodeSystem: AuditKindCodes
Id: audit-kind
Title: "Kinds of audited events"
Description: "What sort of event a leaf of the audit log records."
* insert OurCodes
* #rest "REST" "A FHIR interaction or operation over HTTP; a transaction or batch is one."
* #hook-call "CDS hook call" "A CDS Hooks call, and the predictions that it made."
* #feedback "AI feedback" "What a clinician answered to a card."
* #inference "AI inference" "A model spoke of a patient."
* #state-change "AI model state change" "A model or deployment was registered, approved, set live, suspended or retired."
* #access-denied "Access denied" "Somebody known asked for what the policy refuses."
* #login "Login" "A person logged in, or out, or failed to; a second factor was set or used."
* #token "Token" "A token was issued, refreshed, revoked, introspected, or refused."
* #caller-refused "Caller refused" "A caller was refused before anybody was known."
* #consent "Consent" "A consent was given, changed, withdrawn, or decided a request."
* #configuration "Configuration" "Configuration, users, clients, keys or policy changed."
* #export "Export" "Data left the record in bulk."
* #reidentification "Re-identification" "A pseudonym was turned back into a person."
* #signature "Signature" "A person signed a record."
* #break-glass "Break glass" "An emergency access against the rules, with its reason."
* #breach "Breach" "A suspected breach was opened, judged or closed."
* #system "System" "The server started, stopped, or tells of the log itself."

CodeSystem: AuditEntityCodes
Id: audit-entity
Title: "Entities of audited events"
Description: "What an entity of an event is, where FHIR has no code for it."
* insert OurCodes
* #request-id "Request id" "The id of the request, as its answer's header says it."
* #operation "Operation" "What was asked for, with further details."
* #model "Model" "The canonical of a model that spoke."

CodeSystem: BreachRuleCodes
Id: breach-rule
Title: "Why a breach is suspected"
Description: "The rules that look in the audit log for what may be a breach, and persons who think so."
* insert OurCodes
* #many-refusals "Many refusals" "One user or client was refused very often within an hour."
* #many-patients "Many patients" "One user saw very many patients within a day."
* #refresh-token-reuse "Refresh token reuse" "A refresh token that had been replaced was used again: it may have been stolen."
* #unreviewed-emergency "Unreviewed emergency" "An emergency access was not reviewed in time."
* #log-altered "Log altered" "The audit log itself does not verify."
* #reported "Reported" "A person reported it."
