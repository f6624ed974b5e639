Instance: provenance-reason
InstanceOf: SearchParameter
Usage: #definition
Title: "Search of Provenances by their reason"
* url = "https://auscult.org/fhir/SearchParameter/provenance-reason"
* version = "0.1.0"
* name = "ProvenanceReason"
* status = #active
* experimental = false
* description = "Why the activity took place: `reason=AIAST` finds what models wrote. R4 has no such parameter of its own."
* code = #reason
* base = #Provenance
* type = #token
* expression = "Provenance.reason"
