Extension: ModelOutput
Id: model-output
Title: "Output"
Description: "One output of the model, in tensor order."
Context: Library
* obeys output-horizon-positive and output-horizon-unit
* extension contains
    name 1..1 and
    title 1..1 and
    unit 1..1 and
    horizon 0..1 and
    code 0..1
* extension[name].value[x] only string
* extension[title].value[x] only string
* extension[unit].value[x] only code
* extension[horizon].value[x] only Duration
* extension[code].value[x] only Coding
