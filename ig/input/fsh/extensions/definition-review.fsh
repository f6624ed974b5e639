Extension: DefinitionReview
Id: definition-review
Title: "Review"
Description: "Who has reviewed the definition, when, and which content, by its hash. Written by the operation review alone."
Context: Library
* extension contains
    reviewer 1..1 and
    date 1..1 and
    content 1..1 and
    comment 0..1
* extension[reviewer].value[x] only Reference(Practitioner)
* extension[date].value[x] only dateTime
* extension[content].value[x] only string
* extension[comment].value[x] only string
