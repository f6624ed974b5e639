Extension: ContextFact
Id: context-fact
Title: "Another fact lends it"
Description: "A fact of the same patient lends its context to those that lie between the least and the most distance from when it began; both ends count. It must have happened and be known at the time for which is asked."
Context: Library
* obeys context-fact-codes
* extension contains
    context 1..1 and
    type 1..1 and
    code 0..* and
    valueSet 0..1 and
    least 0..1 and
    most 1..1 and
    after 0..1
* extension[context].value[x] only Coding
* extension[context] ^short = "The context that is lent"
* extension[type].value[x] only code
* extension[type].valueCode from http://hl7.org/fhir/ValueSet/resource-types (required)
* extension[type] ^short = "Type of the fact that lends it"
* extension[code].value[x] only Coding
* extension[code] ^short = "Its code"
* extension[valueSet].value[x] only canonical
* extension[valueSet] ^short = "ValueSet of its codes, as url|version"
* extension[least].value[x] only Duration
* extension[least] ^short = "Least distance: min, h, d or wk; none if left out"
* extension[most].value[x] only Duration
* extension[most] ^short = "Most distance: min, h, d or wk"
* extension[after].value[x] only boolean
* extension[after] ^short = "Whether it lies after the facts to which it lends the context; otherwise before"
