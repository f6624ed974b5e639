Invariant: context-rule-condition
Description: "A rule infers something: from another fact, or from the time of day."
Expression: "extension('https://auscult.org/fhir/StructureDefinition/context-fact').exists() or extension('https://auscult.org/fhir/StructureDefinition/context-time').exists()"
Severity: #error

Invariant: context-rule-evidence
Description: "A rule cites on what ground it infers."
Expression: "relatedArtifact.where((type = 'citation' or type = 'justification') and (citation.exists() or url.exists() or document.exists())).exists()"
Severity: #error

Invariant: context-rule-codes
Description: "A rule names the codes of the facts that it concerns."
Expression: "dataRequirement.codeFilter.where(code.exists() or valueSet.exists()).exists()"
Severity: #error

Invariant: context-recorded-how
Description: "The record says it by a code of the fact, or by a component and its answer."
Expression: "(extension('code').exists() or extension('component').exists()) and extension('component').exists() = extension('answer').exists()"
Severity: #error

Invariant: context-fact-codes
Description: "A fact that lends a context is named by codes or by a ValueSet with its version."
Expression: "(extension('code').exists() or extension('valueSet').exists()) and extension('valueSet').value.all($this.matches('^[^|]+[|][^|]+$'))"
Severity: #error

Invariant: context-time-ends
Description: "An interval of the day does not end where it begins."
Expression: "extension('from').value != extension('to').value"
Severity: #error

Invariant: feature-context-by-rule
Description: "A context and the rule by which it is told go together."
Expression: "extension('https://auscult.org/fhir/StructureDefinition/feature-context').exists() = extension('https://auscult.org/fhir/StructureDefinition/feature-context-rule').exists()"
Severity: #error
