Extension: OrderRule
Id: order-rule
Title: "Rule"
Description: "What is said of one ingredient."
Context: Library
* obeys rule-weight-of-cockcroft-gault and rule-body-size-of-egfr and rule-codes-pinned and rule-limit-one and rule-limit-whole and rule-limit-unit and rule-source-absolute
* extension contains
    ingredient 1..1 and
    title 1..1 and
    codes 1..1 and
    measure 1..1 and
    weight 0..1 and
    usualBodyMassIndex 0..1 and
    band 1..* and
    source 1..1
* extension[ingredient].value[x] only Coding
* extension[ingredient] ^short = "Its RxNorm code"
* extension[title].value[x] only string
* extension[codes].value[x] only canonical
* extension[codes] ^short = "ValueSet of the codes by which an order of it is recognised, as url|version"
* extension[measure].value[x] only code
* extension[measure].valueCode from RenalMeasures (required)
* extension[measure] ^short = "By which number of the kidneys the source goes"
* extension[weight].value[x] only code
* extension[weight].valueCode from BodyWeights (required)
* extension[weight] ^short = "Which weight Cockcroft-Gault takes"
* extension[usualBodyMassIndex].value[x] only Range
* extension[usualBodyMassIndex] ^short = "Outside of it, ends included, the eGFR is de-indexed by body surface, and limits are read in mL/min"
* extension[band] ^short = "In rising order of their limits; the first that holds stands"
* extension[band].extension contains
    below 0..1 and
    upTo 0..1 and
    action 1..1 and
    severity 1..1 and
    text 1..1 and
    dose 0..1
* extension[band].extension[below].value[x] only Quantity
* extension[band].extension[below] ^short = "The limit itself is excluded"
* extension[band].extension[upTo].value[x] only Quantity
* extension[band].extension[upTo] ^short = "The limit itself is included"
* extension[band].extension[action].value[x] only code
* extension[band].extension[action].valueCode from OrderActions (required)
* extension[band].extension[severity].value[x] only code
* extension[band].extension[severity].valueCode from OrderSeverities (required)
* extension[band].extension[text].value[x] only string
* extension[band].extension[dose].value[x] only string
* extension[band].extension[dose] ^short = "What the source says of the dose"
* extension[source].extension contains
    title 1..1 and
    url 1..1 and
    date 1..1 and
    confirmed 1..1
* extension[source].extension[title].value[x] only string
* extension[source].extension[url].value[x] only url
* extension[source].extension[date].value[x] only date
* extension[source].extension[confirmed].value[x] only string
* extension[source].extension[confirmed] ^short = "Where cut-off and measure were read again when the rule was written"
