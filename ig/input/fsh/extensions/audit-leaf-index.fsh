Extension: AuditLeafIndex
Id: audit-leaf-index
Title: "Leaf of the audit log"
Description: "The place in the audit log of the leaf from which this event is derived; $audit-proof shows that it stands there."
Context: AuditEvent
* value[x] only decimal
* value[x] 1..1
