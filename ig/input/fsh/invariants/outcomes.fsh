Invariant: threshold-whole
Description: "A threshold has a value, a unit, and a comparator that says on which side the event lies."
Expression: "value.value.exists() and value.code.exists() and value.comparator.exists()"
Severity: #error

Invariant: canonical-pinned
Description: "What an outcome names has its version, so that its change is a change of the outcome."
Expression: "value.matches('^[^|]+[|][^|]+$')"
Severity: #error

Invariant: outcome-reads-codes
Description: "What occurs and what is measured is named by codes; a death and an expression read none."
Expression: "(extension('https://auscult.org/fhir/StructureDefinition/outcome-event').value in ('occurrence' | 'crossing')) = dataRequirement.codeFilter.where(code.exists() or valueSet.exists()).exists()"
Severity: #error

Invariant: outcome-horizon-length
Description: "A horizon has a length, or is the stay and ends with it."
Expression: "extension('https://auscult.org/fhir/StructureDefinition/outcome-horizon').exists() = extension('https://auscult.org/fhir/StructureDefinition/outcome-horizon-from').where(value = 'stay').empty()"
Severity: #error

Invariant: outcome-horizon-classes
Description: "A horizon that hangs on an encounter names its classes, and no other does."
Expression: "extension('https://auscult.org/fhir/StructureDefinition/outcome-horizon-encounter').exists() = extension('https://auscult.org/fhir/StructureDefinition/outcome-horizon-from').where(value in ('discharge' | 'stay')).exists()"
Severity: #error

Invariant: outcome-one-washout
Description: "Who is left out is said once."
Expression: "extension('https://auscult.org/fhir/StructureDefinition/outcome-washout').empty() or extension('https://auscult.org/fhir/StructureDefinition/outcome-first-ever').empty()"
Severity: #error
