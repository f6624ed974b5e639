Extension: ModelInputSpread
Id: model-input-spread
Title: "One set of observations"
Description: "The named inputs must have been measured together: none of them earlier than the newest by more than this. Otherwise the model does not speak."
Context: Library
* obeys spread-window
* extension contains
    within 1..1 and
    input 2..*
* extension[within].value[x] only Duration
* extension[input].value[x] only string
