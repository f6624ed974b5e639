Extension: OrderRulesEgfrModel
Id: order-rules-egfr-model
Title: "eGFR model"
Description: "The model version that computes the eGFR where none is recorded, as url|version."
Context: Library
* obeys egfr-model-pinned
* value[x] only canonical
* value[x] 1..1
