Extension: ModelOutput
Id: model-output
Title: "Output"
Description: "One output of the model, in tensor order."
Context: Library
* obeys output-horizon-positive and output-horizon-unit and output-band-bounded and output-bands-distinct
* extension contains
    name 1..1 and
    title 1..1 and
    unit 1..1 and
    horizon 0..1 and
    code 0..1 and
    part 0..1 and
    outcome 0..1 and
    band 0..*
* extension[name].value[x] only string
* extension[title].value[x] only string
* extension[unit].value[x] only code
* extension[horizon].value[x] only Duration
* extension[code].value[x] only Coding
* extension[part].value[x] only boolean
* extension[part] ^short = "Whether it is one of the parts that add up to a score's total"
* extension[outcome].value[x] only canonical
* extension[outcome] ^short = "The outcome definition, with its version, that says whether what it predicts has happened"
* extension[band] ^short = "A band of a score's total; of several that hold the first stands"
* extension[band].extension contains
    code 1..1 and
    title 1..1 and
    range 1..1 and
    anyPart 0..1
* extension[band].extension[code].value[x] only code
* extension[band].extension[title].value[x] only string
* extension[band].extension[range].value[x] only Range
* extension[band].extension[range] ^short = "Points, both ends included"
* extension[band].extension[anyPart].value[x] only decimal
* extension[band].extension[anyPart] ^short = "It holds only if some part has so many points or more"
