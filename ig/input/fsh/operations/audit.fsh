RuleSet: AuditOperation(id)
* url = "https://auscult.org/fhir/OperationDefinition/{id}"
* version = "0.1.0"
* status = #active
* experimental = false
* kind = #operation
* system = true
* type = false
* instance = false
* affectsState = false

RuleSet: SignedHead
* insert Out(log, 1, 1, string, [["Name of the log."]])
* insert Out(size, 1, 1, decimal, [["How many leaves the head covers."]])
* insert Out(root, 1, 1, string, [["Root of the tree of these leaves, in hexadecimal digits."]])
* insert Out(time, 1, 1, instant, [["When it was signed."]])
* insert Out(key, 1, 1, string, [["Id of the key that signed it."]])
* insert Out(signature, 1, 1, string, [["Ed25519, in base64url."]])
* insert Out(head, 1, 1, string, [["All of this as canonical JSON, to be kept elsewhere: verify-audit takes it."]])

Instance: audit-head
InstanceOf: OperationDefinition
Usage: #definition
Title: "Signed head of the audit log"
* insert AuditOperation(audit-head)
* name = "AuditHead"
* title = "Signed head of the audit log"
* description = "The signed head of the log as it stands, and the public keys. Whoever keeps one elsewhere can show later that the log was rewritten."
* code = #audit-head
* insert SignedHead
* insert Out(publicKey, 1, *, string, [["A key that signs, or has signed, heads: JWK."]])

Instance: audit-proof
InstanceOf: OperationDefinition
Usage: #definition
Title: "Proof that an event stands in the audit log"
* insert AuditOperation(audit-proof)
* name = "AuditProof"
* title = "Proof that an event stands in the audit log"
* description = "A leaf, and the hashes that lead from it to the root of a signed head (RFC 6962)."
* code = #audit-proof
* insert In(event, 0, [["Id of an AuditEvent."]])
* insert In(index, 0, [["Index of a leaf, instead of an event."]])
* insert In(size, 0, [["Size of a head that was signed; that of now if not given."]])
* insert Out(index, 1, 1, decimal, [["Index of the leaf."]])
* insert Out(leaf, 0, 1, base64Binary, [["The leaf's bytes; absent if they are in an archive alone."]])
* insert Out(hash, 1, 1, string, [["SHA-256 of 0x00 and the leaf."]])
* insert Out(archive, 0, 1, string, [["Name of the archive that alone holds the leaf."]])
* insert Out(path, 0, *, string, [["Siblings' hashes, from the leaf upwards."]])
* insert SignedHead

Instance: audit-consistency
InstanceOf: OperationDefinition
Usage: #definition
Title: "Proof that the audit log has only grown"
* insert AuditOperation(audit-consistency)
* name = "AuditConsistency"
* title = "Proof that the audit log has only grown"
* description = "The hashes that show that the log of a later head begins with the log of a former size (RFC 6962)."
* code = #audit-consistency
* insert In(first, 1, [["The former size."]])
* insert In(second, 0, [["Size of the later head; that of now if not given."]])
* insert Out(first, 1, 1, decimal, [["The former size."]])
* insert Out(firstRoot, 1, 1, string, [["The root at that size."]])
* insert Out(path, 0, *, string, [["The proof's hashes."]])
* insert SignedHead

Instance: audit-verify
InstanceOf: OperationDefinition
Usage: #definition
Title: "Check the audit log"
* insert AuditOperation(audit-verify)
* name = "AuditVerify"
* title = "Check the audit log"
* description = "Reads a part of the log and checks every leaf, chain and head, as the offline verifier does. Call it again with next as from until there is no next. It believes this server's own keys: an auditor exports the log and verifies it elsewhere."
* code = #audit-verify
* insert In(from, 0, [["Index of the first leaf; that after the archives if not given."]])
* insert In(count, 0, [["How many leaves at least, up to the head that covers them, 1 to 1000000; 10000 if not given."]])
* insert Out(intact, 1, 1, boolean, [["Whether nothing is wrong."]])
* insert Out(from, 1, 1, decimal, [["Index of the first leaf."]])
* insert Out(leaves, 1, 1, decimal, [["How many leaves were checked."]])
* insert Out(heads, 1, 1, decimal, [["How many signed heads hold."]])
* insert OutGroup(finding, [["One thing that is wrong."]])
* insert Part(kind, 1, 1, code, [["What kind of finding."]])
* insert Part(index, 1, 1, decimal, [["The leaf that it points at."]])
* insert Part(text, 1, 1, string, [["What is wrong."]])
* insert Out(size, 1, 1, decimal, [["How many leaves the log has."]])
* insert Out(next, 0, 1, string, [["Where to go on; absent at the end."]])

Instance: audit-export
InstanceOf: OperationDefinition
Usage: #definition
Title: "Export the audit log"
* insert AuditOperation(audit-export)
* name = "AuditExport"
* title = "Export the audit log"
* description = "The leaves from an index up to a signed head, with the heads between, as lines of JSON: the form that verify-audit reads. It is answered as application/x-ndjson, not as a resource."
* code = #audit-export
* insert In(from, 0, [["Index of the first leaf; that after the archives if not given."]])
* insert In(to, 0, [["Up to the first head that covers so many leaves; that of now if not given."]])

RuleSet: AuditArchive
* insert OutGroup(archive, [["A file."]])
* insert Part(name, 1, 1, string, [["Its name in the folder of archives."]])
* insert Part(first, 1, 1, decimal, [["Index of its first leaf."]])
* insert Part(size, 1, 1, decimal, [["Size of the log up to its last leaf: that leaf's index plus 1."]])
* insert Part(sha256, 1, 1, string, [["SHA-256 of the file, in hexadecimal digits."]])
* insert Part(time, 1, 1, instant, [["When it was written."]])
* insert Part(restored, 0, 1, instant, [["When its leaves came back into the database."]])

Instance: audit-archive
InstanceOf: OperationDefinition
Usage: #definition
Title: "Archive the audit log"
* insert AuditOperation(audit-archive)
* name = "AuditArchive"
* title = "Archive the audit log"
* description = "Takes the oldest leaves that are older than the retention out of the database into an encrypted file, which was written, forced to the disk and verified before. Ids, hashes and heads stay, so that every proof can still be made. Call it again until nothing was written."
* code = #audit-archive
* affectsState = true
* insert AuditArchive
* insert Out(written, 1, 1, boolean, [["Whether a file was written; false if no leaf is so old."]])

Instance: audit-archives
InstanceOf: OperationDefinition
Usage: #definition
Title: "Archives of the audit log"
* insert AuditOperation(audit-archives)
* name = "AuditArchives"
* title = "Archives of the audit log"
* description = "The archives that were written, in the order of their leaves."
* code = #audit-archives
* insert AuditArchive

Instance: audit-restore
InstanceOf: OperationDefinition
Usage: #definition
Title: "Restore an archive of the audit log"
* insert AuditOperation(audit-restore)
* name = "AuditRestore"
* title = "Restore an archive of the audit log"
* description = "Brings the leaves of an archive back into the database. A file that was altered in any way is refused."
* code = #audit-restore
* affectsState = true
* insert In(name, 1, [["Name of the archive."]])
* insert Out(leaves, 1, 1, decimal, [["How many leaves came back."]])

Instance: audit-archive-key
InstanceOf: OperationDefinition
Usage: #definition
Title: "Key of an archive of the audit log"
* insert AuditOperation(audit-archive-key)
* name = "AuditArchiveKey"
* title = "Key of an archive of the audit log"
* description = "The key of one archive, with which verify-audit reads it without this server. Whoever has it can read what the archive holds."
* code = #audit-archive-key
* insert In(name, 1, [["Name of the archive."]])
* insert Out(key, 1, 1, string, [["A keyset of Tink, in base64."]])

Instance: open-breach
InstanceOf: OperationDefinition
Usage: #definition
Title: "Open a suspected breach"
* insert AuditOperation(open-breach)
* name = "OpenBreach"
* title = "Open a suspected breach"
* description = "Writes down in the audit log which persons and records somebody touched, or who touched those of one person, and opens a Task with the deadline."
* code = #open-breach
* affectsState = true
* insert In(reason, 1, [["Why this may be a breach, in words."]])
* insert In(user, 0, [["Who is suspected: a reference, a name or a client's id."]])
* insert In(patient, 0, [["Id of the patient whose data are concerned."]])
* insert In(start, 1, [["First instant of the events that belong to it, with its offset."]])
* insert In(end, 0, [["Last instant, with its offset; now if not given."]])
* insert Out(task, 1, 1, string, [["Reference of the Task."]])
* insert Out(deadline, 1, 1, dateTime, [["Until when it must be dealt with."]])

RuleSet: ReportTime
* insert In(start, 0, [["First instant, with its offset, or first day of the site's calendar."]])
* insert In(end, 0, [["Last instant, with its offset, or last day."]])

RuleSet: ReportPage
* insert In(_count, 0, [["How many on a page, 1 to 1000; 100 if not given."]])
* insert In(_offset, 0, [["How many to pass over, 0 to 100000; next of the page before."]])
* insert In(_upto, 0, [["upTo of the first page: the log grows while its pages are read."]])
* insert In(_outputFormat, 0, [["text/csv or application/fhir+ndjson: a file of everything, at most 20000 events. That is a disclosure, and recorded as one."]])
* insert Out(archived, 0, 1, string, [["How many first leaves of the log are in archives at least in part: what is there alone, this does not tell. Absent if all are in the database."]])
* insert Out(total, 0, 1, decimal, [["How many there are on all pages; absent if they are more than 100000."]])
* insert Out(upTo, 1, 1, string, [["Of how many leaves of the log this tells."]])
* insert Out(next, 0, 1, string, [["_offset of the next page; absent at the end."]])

RuleSet: Access
* insert ReportTime
* insert In(sort, 0, [["By what: date, user, kind, action or outcome; with - before it for the other way round. -date if not given."]])
* insert ReportPage
* insert OutGroup(access, [["One event."]])
* insert Part(event, 1, 1, string, [["Id of the AuditEvent."]])
* insert Part(time, 1, 1, instant, [["When it was recorded."]])
* insert Part(kind, 1, 1, code, [["What sort of event, of the code system audit-kind."]])
* insert Part(action, 1, 1, code, [["C, R, U, D or E."]])
* insert Part(outcome, 1, 1, code, [["0 for a success, 4 and 8 for failures."]])
* insert Part(operation, 1, 1, string, [["What was asked for."]])
* insert Part(user, 0, 1, string, [["Who asked, if that is known."]])
* insert Part(client, 0, 1, string, [["By which application."]])
* insert Part(address, 0, 1, string, [["From which network address."]])
* insert Part(purpose, 0, 1, string, [["For what purpose."]])
* insert Part(reason, 0, 1, string, [["Why it failed, or why the glass was broken."]])
* insert Part(patient, 0, 1, string, [["Of which patient."]])
* insert Part(entity, 0, *, string, [["What was touched, with its version."]])

Instance: patient-access-report
InstanceOf: OperationDefinition
Usage: #definition
Title: "Who saw this patient"
* insert PatientOperation(patient-access-report)
* name = "PatientAccessReport"
* title = "Who saw this patient"
* description = "Every event of the audit log that concerned the patient: who asked, for what purpose, what was touched."
* code = #access-report
* affectsState = false
* type = false
* instance = true
* insert Access

Instance: user-report
InstanceOf: OperationDefinition
Usage: #definition
Title: "What this user did"
* insert AuditOperation(user-report)
* name = "UserReport"
* title = "What this user did"
* description = "Every event of the audit log whose agent was a user or a client."
* code = #user-report
* insert In(user, 1, [["The user's reference or name, or the client's id."]])
* insert Access

Instance: patient-ai-report
InstanceOf: OperationDefinition
Usage: #definition
Title: "What models said of this patient"
* insert PatientOperation(patient-ai-report)
* name = "PatientAiReport"
* title = "What models said of this patient"
* description = "Every call in which a model was asked about the patient, what each one said and why, what of it was shown or withheld, and what was answered."
* code = #ai-report
* affectsState = false
* type = false
* instance = true
* insert ReportTime
* insert In(sort, 0, [["By what: date, user or kind; with - before it for the other way round. -date if not given."]])
* insert ReportPage
* insert OutGroup(call, [["One call."]])
* insert Part(event, 1, 1, string, [["Id of the AuditEvent."]])
* insert Part(time, 1, 1, instant, [["When it was made."]])
* insert Part(operation, 1, 1, string, [["Hook and service, or the operation."]])
* insert Part(user, 0, 1, string, [["Who asked, if that is known."]])
* insert Part(shown, 1, 1, integer, [["How many cards were shown."]])
* insert Part(withheld, 0, *, code, [["Why a card was withheld, one for each; of the code system withheld-reason."]])
* insert OutGroup(prediction, [["What one model said in a call."]])
* insert Part(event, 1, 1, string, [["The call's event."]])
* insert Part(model, 1, 1, string, [["The model's canonical."]])
* insert Part(result, 1, 1, code, [["predicted, not-eligible or not-assessed."]])
* insert Part(reason, 0, *, code, [["Why there is no number."]])
* insert PartGroup(output, [["One output: a probability from 0 to 1, or a value in the output's unit."]])
* insert PartOfPart(name, string, [["Name of the output."]])
* insert PartOfPart(value, decimal, [["Its value."]])
* insert PartGroup(contribution, [["How much one input adds to one output, on the additive scale."]])
* insert PartOfPart(output, string, [["Name of the output."]])
* insert PartOfPart(input, string, [["Name of the input."]])
* insert PartOfPart(value, decimal, [["How much it adds."]])
* insert OutGroup(answer, [["An answer to a card of a call."]])
* insert Part(event, 1, 1, string, [["The call's event."]])
* insert Part(outcome, 1, 1, code, [["accepted or overridden."]])
* insert Part(time, 1, 1, instant, [["When it was given."]])
* insert Part(reason, 0, 1, code, [["Why it was overridden."]])
* insert Part(way, 0, 1, code, [["By which way it came, of the code system feedback-way; absent for answers from before it was kept."]])
* insert Part(user, 0, 1, string, [["Who answered; by way of an EHR the user to whom it showed the card."]])
* insert Part(client, 0, 1, string, [["The EHR or the application, if a token proved it."]])
