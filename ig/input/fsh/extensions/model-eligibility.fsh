Extension: ModelEligibility
Id: model-eligibility
Title: "Eligibility criterion"
Description: "What must hold of a patient for the model to speak at all."
Context: Library
* obeys eligibility-one-rule and eligibility-must-be-false and eligibility-must-be-true and eligibility-bounded and eligibility-below-bound
* extension contains
    feature 1..1 and
    mustBeFalse 0..1 and
    mustBeTrue 0..1 and
    within 0..1 and
    below 0..1 and
    code 1..1 and
    text 1..1
* extension[feature].value[x] only string
* extension[mustBeFalse].value[x] only boolean
* extension[mustBeTrue].value[x] only boolean
* extension[within].value[x] only Range
* extension[below].value[x] only Quantity
* extension[code].value[x] only code
* extension[text].value[x] only string
* extension[mustBeTrue] ^short = "The feature must be known to be true: if it is missing, the model keeps silent"
* extension[within] ^short = "Both ends are included"
* extension[below] ^short = "The bound itself is excluded"
