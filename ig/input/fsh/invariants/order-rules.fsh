Invariant: order-rules-one-set
Description: "A table depends on exactly one feature set."
Expression: "relatedArtifact.where(type = 'depends-on').count() = 1"
Severity: #error

Invariant: order-rules-set-pinned
Description: "The feature set is named by url|version."
Expression: "relatedArtifact.where(type = 'depends-on').resource.all($this.matches('^[^|]+[|][^|]+$'))"
Severity: #error

Invariant: order-rules-ingredients-distinct
Description: "No two rules speak of the same ingredient."
Expression: "extension('https://auscult.org/fhir/StructureDefinition/order-rule').extension('ingredient').value.code.isDistinct()"
Severity: #error

Invariant: egfr-model-pinned
Description: "The model is named by url|version."
Expression: "value.matches('^[^|]+[|][^|]+$')"
Severity: #error

Invariant: other-drugs-pinned
Description: "The ValueSet is named by url|version."
Expression: "value.matches('^[^|]+[|][^|]+$')"
Severity: #error

Invariant: rule-weight-of-cockcroft-gault
Description: "Which weight is taken is said for Cockcroft-Gault, and only there."
Expression: "(extension('measure').value = 'cockcroft-gault') = extension('weight').exists()"
Severity: #error

Invariant: rule-body-size-of-egfr
Description: "From which body size on the eGFR is de-indexed is said for the indexed eGFR, with both ends in kg/m2, and only there."
Expression: "(extension('measure').value = 'egfr') = extension('usualBodyMassIndex').value.where(low.code = 'kg/m2' and high.code = 'kg/m2').exists()"
Severity: #error

Invariant: rule-codes-pinned
Description: "The ValueSet is named by url|version."
Expression: "extension('codes').value.all($this.matches('^[^|]+[|][^|]+$'))"
Severity: #error

Invariant: rule-limit-one
Description: "A band has one limit: below, or up to."
Expression: "extension('band').all(extension.where(url in ('below' | 'upTo')).count() = 1)"
Severity: #error

Invariant: rule-limit-whole
Description: "A limit is a whole number above zero, since what is compared is the number as shown, rounded down."
Expression: "extension('band').extension.where(url in ('below' | 'upTo')).value.all(value > 0 and value mod 1 = 0)"
Severity: #error

Invariant: rule-limit-unit
Description: "A limit is in the unit of the rule's measure: mL/min is not mL/min/{1.73_m2}."
Expression: "extension('band').extension.where(url in ('below' | 'upTo')).value.all(code = iif(%context.extension('measure').value = 'egfr', 'mL/min/{1.73_m2}', 'mL/min'))"
Severity: #error

Invariant: rule-source-absolute
Description: "The source's address is absolute."
Expression: "extension('source').extension('url').value.all($this.matches('^https?://.+'))"
Severity: #error
