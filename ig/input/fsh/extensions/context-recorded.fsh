Extension: ContextRecorded
Id: context-recorded
Title: "How the record says it"
Description: "The code of the fact, or a component of the same resource, says the context. Whatever such a component answers, the record has spoken, and nothing is inferred."
Context: Library
* obeys context-recorded-how
* extension contains
    context 1..1 and
    code 0..* and
    component 0..* and
    answer 0..*
* extension[context].value[x] only Coding
* extension[context] ^short = "The context that is said"
* extension[code].value[x] only Coding
* extension[code] ^short = "A code of the fact that says it"
* extension[component].value[x] only Coding
* extension[component] ^short = "Code of a component that says it by its answer"
* extension[answer].value[x] only Coding
* extension[answer] ^short = "An answer of that component that means this context"
