Invariant: lookback-positive
Description: "The window is a positive whole number."
Expression: "value.value > 0 and value.value mod 1 = 0"
Severity: #error

Invariant: lookback-unit
Description: "The window is in min, h, d, wk, mo or a."
Expression: "value.code in ('min' | 'h' | 'd' | 'wk' | 'mo' | 'a')"
Severity: #error

Invariant: plausible-range-bounded
Description: "A plausible range has a low or a high end."
Expression: "value.low.value.exists() or value.high.value.exists()"
Severity: #error

Invariant: default-value
Description: "A default has a value."
Expression: "value.value.exists()"
Severity: #error

Invariant: default-provenance
Description: "A default says where it comes from, as the text of its unit."
Expression: "value.unit.exists()"
Severity: #error

Invariant: true-values-pinned
Description: "The ValueSet is named by url|version."
Expression: "value.matches('^[^|]+[|][^|]+$')"
Severity: #error

Invariant: false-values-pinned
Description: "The ValueSet is named by url|version."
Expression: "value.matches('^[^|]+[|][^|]+$')"
Severity: #error

Invariant: input-valid-unit
Description: "The range of valid values is in the input's unit."
Expression: "(extension('valid').value.low.code | extension('valid').value.high.code).subsetOf(extension('unit').value)"
Severity: #error

Invariant: input-valid-bounded
Description: "A range has a low or a high end."
Expression: "extension('valid').value.all(low.value.exists() or high.value.exists())"
Severity: #error

Invariant: input-fallback-pinned
Description: "The model that stands in is named by url|version."
Expression: "extension('fallback').value.all($this.matches('^[^|]+[|][^|]+$'))"
Severity: #error

Invariant: output-horizon-positive
Description: "A horizon is a positive whole number."
Expression: "extension('horizon').value.all(value > 0 and value mod 1 = 0)"
Severity: #error

Invariant: output-horizon-unit
Description: "A horizon is in min, h, d, wk, mo or a."
Expression: "extension('horizon').value.all(code in ('min' | 'h' | 'd' | 'wk' | 'mo' | 'a'))"
Severity: #error

Invariant: true-above-plain
Description: "The bound is a plain number with its UCUM unit."
Expression: "value.value.exists() and value.code.exists() and value.comparator.empty()"
Severity: #error

Invariant: spread-window
Description: "The span is a positive whole number of min, h, d, wk, mo or a."
Expression: "extension('within').value.all(value > 0 and value mod 1 = 0 and code in ('min' | 'h' | 'd' | 'wk' | 'mo' | 'a'))"
Severity: #error

Invariant: input-period-whole
Description: "The period has both ends."
Expression: "value.start.exists() and value.end.exists()"
Severity: #error

Invariant: input-rounding-positive
Description: "Values are rounded to multiples of a positive number."
Expression: "extension('rounding').value.all($this > 0)"
Severity: #error

Invariant: output-band-bounded
Description: "A band has a lowest or a highest number of points."
Expression: "extension('band').extension('range').value.all(low.value.exists() or high.value.exists())"
Severity: #error

Invariant: output-bands-distinct
Description: "No two bands have the same code."
Expression: "extension('band').extension('code').value.isDistinct()"
Severity: #error

Invariant: eligibility-one-rule
Description: "A criterion has exactly one rule."
Expression: "extension.where(url in ('mustBeFalse' | 'mustBeTrue' | 'within' | 'below')).count() = 1"
Severity: #error

Invariant: eligibility-must-be-false
Description: "The rule mustBeFalse is given as true."
Expression: "extension('mustBeFalse').value.all($this)"
Severity: #error

Invariant: eligibility-must-be-true
Description: "The rule mustBeTrue is given as true."
Expression: "extension('mustBeTrue').value.all($this)"
Severity: #error

Invariant: eligibility-below-bound
Description: "The bound of the rule below is a plain number with its UCUM unit."
Expression: "extension('below').value.all(value.exists() and code.exists() and comparator.empty())"
Severity: #error

Invariant: eligibility-bounded
Description: "A range has a low or a high end."
Expression: "extension('within').value.all(low.value.exists() or high.value.exists())"
Severity: #error

Invariant: sha256-form
Description: "SHA-256 in 64 lower-case hexadecimal digits."
Expression: "value.matches('^[0-9a-f]{64}$')"
Severity: #error

Invariant: model-version-pinned
Description: "The model is named by url|version."
Expression: "value.matches('^[^|]+[|][^|]+$')"
Severity: #error

Invariant: epoch-not-negative
Description: "Epochs count from 0."
Expression: "value >= 0"
Severity: #error

Invariant: method-versioned
Description: "The explainer is named with its version, as name/version."
Expression: "value.matches('^[^/]+/[^/]+$')"
Severity: #error

Invariant: deployment-thresholds
Description: "Thresholds come in a pair, and critical does not lie below warning."
Expression: "extension('warning').exists() = extension('critical').exists() and (extension('warning').empty() or extension('warning').value <= extension('critical').value)"
Severity: #error

Invariant: display-times
Description: "Times of silence are above zero, in min, h, d or wk."
Expression: "extension.where(url = 'unchanged' or url = 'quiet' or url = 'snooze').value.all(value > 0 and system = 'http://unitsofmeasure.org' and code in ('min' | 'h' | 'd' | 'wk'))"
Severity: #error

Invariant: display-ceiling
Description: "A ceiling is at most 100 calls in a hundred."
Expression: "extension('ceiling').empty() or extension('ceiling').value <= 100"
Severity: #error

Invariant: budget-within-limits
Description: "A budget is in ms, from 10 to 30000."
Expression: "value.system = 'http://unitsofmeasure.org' and value.code = 'ms' and value.value >= 10 and value.value <= 30000"
Severity: #error

Invariant: runs-model-or-rules
Description: "An action shows a model or judges orders: one of the two."
Expression: "extension('https://auscult.org/fhir/StructureDefinition/deployment-model').exists() xor extension('https://auscult.org/fhir/StructureDefinition/deployment-order-rules').exists()"
Severity: #error

Invariant: models-have-outputs
Description: "An action of a model says which outputs it shows."
Expression: "extension('https://auscult.org/fhir/StructureDefinition/deployment-model').exists() = extension('https://auscult.org/fhir/StructureDefinition/deployment-output').exists()"
Severity: #error

Invariant: sensitive-one-part
Description: "A line names a feature or an output."
Expression: "extension('feature').exists() xor extension('output').exists()"
Severity: #error
