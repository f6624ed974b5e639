Extension: OrderRulesOtherDrugs
Id: order-rules-other-drugs
Title: "Other drugs"
Description: "The ValueSet, as url|version, of drugs that are known to hold none of the table's ingredients: an order of one of them is passed in silence. An order that is neither here nor in a rule was not checked, and that is said."
Context: Library
* obeys other-drugs-pinned
* value[x] only canonical
* value[x] 1..1
