Extension: ModelSensitiveUse
Id: model-sensitive-use
Title: "Sensitive use"
Description: "One line of a model's register of sensitive inputs: a feature that it reads, as input or for eligibility, which measures what nobody may be discriminated by (45 CFR 92.210), or a condition under special protection; or an output that is about such a condition. What the codes of features and outputs tell must be here before a model is taken."
Context: Library
* obeys sensitive-one-part
* extension contains
    feature 0..1 and
    output 0..1 and
    kind 1..1 and
    use 1..1
* extension[feature].value[x] only string
* extension[output].value[x] only string
* extension[kind].value[x] only code
* extension[kind].valueCode from ModelSensitivities (required)
* extension[use].value[x] only string
* extension[use] ^short = "How and why the model uses it"
