Invariant: prediction-percent
Description: "R4 states a probability in percent: from 0 to 100."
Expression: "probability.all($this >= 0 and $this <= 100)"
Severity: #error

Invariant: prediction-horizon
Description: "A probability says for which period it holds."
Expression: "when.start.exists() and when.end.exists()"
Severity: #error

Invariant: prediction-from-occurrence
Description: "The period begins at the time as of which the record was read."
Expression: "prediction.when.start.all($this = %resource.occurrence)"
Severity: #error

Invariant: prediction-outcomes-coded
Description: "Each outcome has a code."
Expression: "outcome.coding.code.exists()"
Severity: #error

Invariant: prediction-outcomes-distinct
Description: "No outcome stands twice."
Expression: "prediction.outcome.coding.code.isDistinct()"
Severity: #error

Invariant: score-number
Description: "A score is a plain number with its UCUM unit."
Expression: "value.value.exists() and value.comparator.empty() and value.system = 'http://unitsofmeasure.org' and value.code.exists()"
Severity: #error

Invariant: points-whole
Description: "Points are whole numbers in {score}: neither a probability nor percent."
Expression: "value.all(value.exists() and value mod 1 = 0 and comparator.empty() and system = 'http://unitsofmeasure.org' and code = '{score}') and component.value.all(value.exists() and value mod 1 = 0 and comparator.empty() and system = 'http://unitsofmeasure.org' and code = '{score}')"
Severity: #error

Invariant: points-add-up
Description: "The parts add up to the total."
Expression: "component.exists() implies component.value.value.aggregate($this + $total, 0) = value.value"
Severity: #error

Invariant: points-parts-distinct
Description: "No part stands twice."
Expression: "component.code.coding.code.isDistinct()"
Severity: #error

Invariant: points-band-coded
Description: "The band has a code and words for people."
Expression: "interpretation.all(text.exists() and coding.where(system.exists() and code.exists()).exists())"
Severity: #error

Invariant: score-no-probability
Description: "A score is one value; no probability stands beside it."
Expression: "component.empty()"
Severity: #error

Invariant: explanation-focus-versioned
Description: "The explanation says which version of which statement it explains."
Expression: "focus.all(reference.matches('^.+/_history/[^/]+$'))"
Severity: #error

Invariant: explanation-bases-distinct
Description: "Each output has one base."
Expression: "extension('https://auscult.org/fhir/StructureDefinition/explanation-base').extension('output').value.isDistinct()"
Severity: #error

Invariant: explanation-contribution-of-base
Description: "A contribution is to an output that has a base."
Expression: "component.extension('https://auscult.org/fhir/StructureDefinition/explanation-contribution').extension('output').value.subsetOf(%resource.extension('https://auscult.org/fhir/StructureDefinition/explanation-base').extension('output').value)"
Severity: #error

Invariant: explanation-contribution-once
Description: "An input contributes once to an output."
Expression: "component.all(extension('https://auscult.org/fhir/StructureDefinition/explanation-contribution').extension('output').value.isDistinct())"
Severity: #error

Invariant: explanation-contribution-whole
Description: "An input contributes to every output, or, held at the patient's own value, to none."
Expression: "component.all(extension('https://auscult.org/fhir/StructureDefinition/explanation-contribution').empty() or extension('https://auscult.org/fhir/StructureDefinition/explanation-contribution').extension('output').value.distinct().count() = %resource.extension('https://auscult.org/fhir/StructureDefinition/explanation-base').extension('output').value.distinct().count())"
Severity: #error

Invariant: explanation-inputs-distinct
Description: "No input stands twice."
Expression: "component.code.coding.code.isDistinct()"
Severity: #error

Invariant: explanation-input-number
Description: "An input has its number and its UCUM unit."
Expression: "component.value.all(value.exists() and system = 'http://unitsofmeasure.org' and code.exists())"
Severity: #error

Invariant: feedback-reason-of-override
Description: "Only an overridden card has a reason for overriding."
Expression: "component.where(code.coding.code = 'override-reason').exists() implies value.coding.code = 'overridden'"
Severity: #error

Invariant: feedback-reason-coded
Description: "A reason for overriding is coded."
Expression: "component.where(code.coding.code = 'override-reason').all(value.coding.code.exists())"
Severity: #error

Invariant: provenance-targets-versioned
Description: "A target is named with its version."
Expression: "target.all(reference.matches('^.+/_history/[^/]+$'))"
Severity: #error

Invariant: provenance-targets-distinct
Description: "No target stands twice."
Expression: "target.reference.isDistinct()"
Severity: #error

Invariant: device-canonical
Description: "The device names the model version that it stands for, by url|version."
Expression: "identifier.where(system = 'urn:ietf:rfc:3986' and value.matches('^[^|]+[|][^|]+$')).exists()"
Severity: #error

Invariant: device-version-agrees
Description: "The version is that of the model."
Expression: "identifier.where(system = 'urn:ietf:rfc:3986' and value.contains('|')).value.all($this.endsWith('|' + %resource.version.value.first()))"
Severity: #error

Invariant: hook-call-says-why
Description: "Each reason has a code, and words for people."
Expression: "reasonCode.all(text.exists() and coding.where(system.exists() and code.exists()).exists())"
Severity: #error

Invariant: hook-call-status
Description: "Not eligible is success, lacking data is data-required, a model that failed is failure."
Expression: "status in ('success' | 'data-required' | 'failure')"
Severity: #error

Invariant: advice-has-action
Description: "Advice says what to do and where the rule comes from; without a band there is neither."
Expression: "code.coding.where(code = 'advised').exists() = code.coding.where(system = 'https://auscult.org/fhir/CodeSystem/order-action').exists() and code.coding.where(code = 'advised').exists() = reference.exists()"
Severity: #error
