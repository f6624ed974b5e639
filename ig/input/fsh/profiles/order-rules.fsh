Profile: OrderRules
Parent: Library
Id: order-rules
Title: "Order rules"
Description: "One version of a table of rules that drug orders are held against: for each ingredient the measure of the kidneys that its source uses, and what is said where that measure is low. relatedArtifact depends-on names the feature set that is read of the patient."
* insert Definitional
* title 1..1 MS
* description 1..1 MS
* type = $LibraryType#logic-library
* relatedArtifact 1..* MS
* extension contains
    OrderRulesEgfrModel named egfrModel 1..1 MS and
    OrderRulesOtherDrugs named otherDrugs 1..1 MS and
    OrderRule named rule 1..* MS
* obeys order-rules-one-set and order-rules-set-pinned and order-rules-ingredients-distinct
