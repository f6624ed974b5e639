Extension: ContextTime
Id: context-time
Title: "The time of day lends it"
Description: "From a local time of day, up to and without another one; over midnight if that is earlier. It counts only where the record says nothing, and no other fact lends a context."
Context: Library
* obeys context-time-ends
* extension contains
    context 1..1 and
    from 1..1 and
    to 1..1
* extension[context].value[x] only Coding
* extension[context] ^short = "The context that is lent"
* extension[from].value[x] only time
* extension[from] ^short = "Counts itself"
* extension[to].value[x] only time
* extension[to] ^short = "Does not count itself"
