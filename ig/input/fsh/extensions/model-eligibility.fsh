Extension: ModelEligibility
Id: model-eligibility
Title: "Eligibility criterion"
Description: "What must hold of a patient for the model to speak at all."
Context: Library
* obeys eligibility-one-rule and eligibility-must-be-false and eligibility-bounded
* extension contains
    feature 1..1 and
    mustBeFalse 0..1 and
    within 0..1 and
    code 1..1 and
    text 1..1
* extension[feature].value[x] only string
* extension[mustBeFalse].value[x] only boolean
* extension[within].value[x] only Range
* extension[code].value[x] only code
* extension[text].value[x] only string
