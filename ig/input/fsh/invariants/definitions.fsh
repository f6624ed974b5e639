Invariant: url-plain
Description: "A definition's URL holds no version; that stands in version."
Expression: "$this.contains('|').not()"
Severity: #error

Invariant: feature-reads-codes
Description: "All operators but age, sex and derived say which codes they read."
Expression: "(extension('https://auscult.org/fhir/StructureDefinition/feature-operator').value in ('age' | 'sex' | 'derived')) or dataRequirement.codeFilter.where(code.exists() or valueSet.exists()).exists()"
Severity: #error

Invariant: feature-reads-no-codes
Description: "Age and sex are the Patient's own, and derived reads features: they read no codes."
Expression: "(extension('https://auscult.org/fhir/StructureDefinition/feature-operator').value in ('age' | 'sex' | 'derived')) implies dataRequirement.empty()"
Severity: #error

Invariant: feature-code-whole
Description: "A code that is read has its system and its code."
Expression: "dataRequirement.codeFilter.code.all(system.exists() and code.exists())"
Severity: #error

Invariant: feature-value-set-pinned
Description: "A ValueSet is named with its version, so that its change is a change of the feature."
Expression: "dataRequirement.codeFilter.valueSet.all($this.matches('^[^|]+[|][^|]+$'))"
Severity: #error

Invariant: feature-number-observed
Description: "Only an Observation has a value of which a number can be taken."
Expression: "(extension('https://auscult.org/fhir/StructureDefinition/feature-operator').value in ('latest' | 'first' | 'nth-latest' | 'min' | 'max' | 'mean' | 'median' | 'standard-deviation' | 'coefficient-of-variation' | 'successive-differences' | 'average-real-variability' | 'slope' | 'intercept' | 'delta' | 'percent-change' | 'time-weighted-mean' | 'time-in-range')) implies dataRequirement.all(type = 'Observation')"
Severity: #error

Invariant: feature-anchor-of-age
Description: "Only age is taken at another feature's time."
Expression: "extension('https://auscult.org/fhir/StructureDefinition/feature-anchor').exists() implies extension('https://auscult.org/fhir/StructureDefinition/feature-operator').value = 'age'"
Severity: #error

Invariant: feature-yes-with-no
Description: "Who says which answers mean no says which mean yes."
Expression: "extension('https://auscult.org/fhir/StructureDefinition/feature-false-values').exists() implies extension('https://auscult.org/fhir/StructureDefinition/feature-true-values').exists()"
Severity: #error

Invariant: feature-measured-with-coded
Description: "Who says which measured answers mean yes says which coded ones do."
Expression: "extension('https://auscult.org/fhir/StructureDefinition/feature-true-above').exists() implies extension('https://auscult.org/fhir/StructureDefinition/feature-true-values').exists()"
Severity: #error

Invariant: feature-unit-of-truth
Description: "Counts and truths have the unit 1."
Expression: "(extension('https://auscult.org/fhir/StructureDefinition/feature-operator').value in ('count' | 'distinct-count' | 'exists' | 'flagged' | 'active' | 'sex' | 'demographic')) implies extension('https://auscult.org/fhir/StructureDefinition/feature-unit').value = '1'"
Severity: #error

Invariant: feature-expression-of-derived
Description: "Derived has an expression and names what it is made of; no other operator has one."
Expression: "(extension('https://auscult.org/fhir/StructureDefinition/feature-operator').value = 'derived') = extension('https://auscult.org/fhir/StructureDefinition/feature-expression').exists() and (extension('https://auscult.org/fhir/StructureDefinition/feature-operator').value = 'derived' implies relatedArtifact.where(type = 'depends-on').exists())"
Severity: #error

Invariant: feature-one-beginning
Description: "A window begins in one way."
Expression: "(iif(extension('https://auscult.org/fhir/StructureDefinition/feature-lookback').exists(), 1, 0) + iif(extension('https://auscult.org/fhir/StructureDefinition/feature-since-encounter').exists(), 1, 0) + iif(extension('https://auscult.org/fhir/StructureDefinition/feature-since-feature').exists(), 1, 0) + iif(extension('https://auscult.org/fhir/StructureDefinition/feature-since-calendar').exists(), 1, 0)) <= 1"
Severity: #error

Invariant: feature-unit-of-age
Description: "Age is in years, a."
Expression: "extension('https://auscult.org/fhir/StructureDefinition/feature-operator').value = 'age' implies extension('https://auscult.org/fhir/StructureDefinition/feature-unit').value = 'a'"
Severity: #error

Invariant: feature-range-in-unit
Description: "The plausible range is in the unit in which facts are read."
Expression: "(extension('https://auscult.org/fhir/StructureDefinition/feature-plausible-range').value.low.code | extension('https://auscult.org/fhir/StructureDefinition/feature-plausible-range').value.high.code).all($this in (%resource.extension('https://auscult.org/fhir/StructureDefinition/feature-unit').value | %resource.extension('https://auscult.org/fhir/StructureDefinition/feature-value-unit').value))"
Severity: #error

Invariant: feature-flags-of-flagged
Description: "Flagged says which flags it asks for, of an Observation."
Expression: "extension('https://auscult.org/fhir/StructureDefinition/feature-operator').value = 'flagged' implies (extension('https://auscult.org/fhir/StructureDefinition/feature-flag').exists() and dataRequirement.all(type = 'Observation'))"
Severity: #error

Invariant: feature-element-of-patient
Description: "Demographic names one element of the Patient by the path of its code filter."
Expression: "extension('https://auscult.org/fhir/StructureDefinition/feature-operator').value = 'demographic' implies (dataRequirement.all(type = 'Patient') and dataRequirement.codeFilter.path.distinct().count() = 1)"
Severity: #error

Invariant: set-has-members
Description: "A feature set has members, of type composed-of."
Expression: "relatedArtifact.where(type = 'composed-of').exists()"
Severity: #error

Invariant: set-members-pinned
Description: "A member is named by url|version."
Expression: "relatedArtifact.where(type = 'composed-of').resource.all($this.matches('^[^|]+[|][^|]+$'))"
Severity: #error

Invariant: set-members-distinct
Description: "No feature stands twice in a set."
Expression: "relatedArtifact.where(type = 'composed-of').resource.isDistinct()"
Severity: #error

Invariant: model-one-set
Description: "A model depends on exactly one feature set."
Expression: "relatedArtifact.where(type = 'depends-on').count() = 1"
Severity: #error

Invariant: model-set-pinned
Description: "The feature set is named by url|version."
Expression: "relatedArtifact.where(type = 'depends-on').resource.all($this.matches('^[^|]+[|][^|]+$'))"
Severity: #error

Invariant: model-active-file
Description: "An active model names the Binary with its ONNX file."
Expression: "status = 'active' implies content.first().url.matches('^(.*/)?Binary/[A-Za-z0-9.-]+(/_history/.+)?$')"
Severity: #error

Invariant: model-active-hash
Description: "An active model states the SHA-256 of its ONNX file."
Expression: "status = 'active' implies extension('https://auscult.org/fhir/StructureDefinition/model-artifact-sha256').exists()"
Severity: #error

Invariant: model-inputs-distinct
Description: "No two inputs have the same name."
Expression: "extension('https://auscult.org/fhir/StructureDefinition/model-input').extension('name').value.isDistinct()"
Severity: #error

Invariant: model-outputs-distinct
Description: "No two outputs have the same name."
Expression: "extension('https://auscult.org/fhir/StructureDefinition/model-output').extension('name').value.isDistinct()"
Severity: #error

Invariant: model-probability-horizon
Description: "A probability has a horizon: a risk without a time says nothing."
Expression: "extension('https://auscult.org/fhir/StructureDefinition/model-output-kind').value = 'probability' implies extension('https://auscult.org/fhir/StructureDefinition/model-output').all(extension('horizon').exists())"
Severity: #error

Invariant: model-probability-unit
Description: "A probability is a number from 0 to 1, of unit 1."
Expression: "extension('https://auscult.org/fhir/StructureDefinition/model-output-kind').value = 'probability' implies extension('https://auscult.org/fhir/StructureDefinition/model-output').all(extension('unit').value = '1')"
Severity: #error

Invariant: model-value-alone
Description: "A model of the kind value has one output: its score is one Observation."
Expression: "extension('https://auscult.org/fhir/StructureDefinition/model-output-kind').value = 'value' implies extension('https://auscult.org/fhir/StructureDefinition/model-output').count() = 1"
Severity: #error

Invariant: model-score-total
Description: "A score has one total with bands; its other outputs are the parts of it, without bands."
Expression: "extension('https://auscult.org/fhir/StructureDefinition/model-output-kind').value = 'score' implies extension('https://auscult.org/fhir/StructureDefinition/model-output').where(extension('part').where(value = true).exists() != extension('band').exists()).count() = extension('https://auscult.org/fhir/StructureDefinition/model-output').count() and extension('https://auscult.org/fhir/StructureDefinition/model-output').where(extension('band').exists()).count() = 1"
Severity: #error

Invariant: model-score-unit
Description: "Points are in {score}, never in percent."
Expression: "extension('https://auscult.org/fhir/StructureDefinition/model-output-kind').value = 'score' implies extension('https://auscult.org/fhir/StructureDefinition/model-output').all(extension('unit').value = '{score}')"
Severity: #error

Invariant: model-bands-of-score
Description: "Only a score has bands and parts."
Expression: "extension('https://auscult.org/fhir/StructureDefinition/model-output-kind').value = 'score' or extension('https://auscult.org/fhir/StructureDefinition/model-output').all(extension('band').empty() and extension('part').empty())"
Severity: #error

Invariant: model-spread-of-inputs
Description: "An observation set is of inputs that the model has."
Expression: "extension('https://auscult.org/fhir/StructureDefinition/model-input-spread').extension('input').value.subsetOf(%resource.extension('https://auscult.org/fhir/StructureDefinition/model-input').extension('name').value)"
Severity: #error
