Extension: ModelInput
Id: model-input
Title: "Input"
Description: "One column of the model's tensor; the order of the extensions is the order of the columns."
Context: Library
* obeys input-rounding-positive and input-valid-unit and input-valid-bounded and input-fallback-pinned
* extension contains
    name 1..1 and
    title 1..1 and
    feature 1..1 and
    unit 1..1 and
    valid 0..1 and
    fallback 0..1 and
    reference 0..1 and
    rounding 0..1
* extension[name].value[x] only string
* extension[title].value[x] only string
* extension[feature].value[x] only string
* extension[unit].value[x] only code
* extension[valid].value[x] only Range
* extension[fallback].value[x] only canonical
* extension[reference].value[x] only decimal
* extension[valid] ^short = "Values that the model was made for; it does not speak outside"
* extension[fallback] ^short = "Model whose output stands in when the feature is missing"
* extension[reference] ^short = "The reference patient's value; none: the patient's own is held"
* extension[rounding].value[x] only decimal
* extension[rounding] ^short = "The model itself takes the value to the nearest multiple of this, halves up, before it puts it into a band"
