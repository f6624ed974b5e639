Extension: AlertTest
Id: alert-test
Title: "Test"
Description: "When a window's figure is a breach. Limits themselves are in order. The reference are windows of the same series, the first so many or those within a period; only later ones are tested."
Context: PlanDefinition
* extension contains
    kind 1..1 and
    lower 0..1 and
    upper 0..1 and
    side 0..1 and
    compared 1..1 and
    windows 0..1 and
    period 0..1
* extension[kind].value[x] only code
* extension[kind].valueCode from AlertTestValues (required)
* extension[lower].value[x] only decimal
* extension[lower] ^short = "What lies below is a breach: a value, a difference or a ratio"
* extension[upper].value[x] only decimal
* extension[upper] ^short = "What lies above is a breach"
* extension[side].value[x] only code
* extension[side].valueCode from AlertSideValues (required)
* extension[side] ^short = "Of control limits and cumulative sums"
* extension[compared].value[x] only code
* extension[compared].valueCode from AlertComparedValues (required)
* extension[windows].value[x] only positiveInt
* extension[windows] ^short = "The reference are the first so many windows that count"
* extension[period].value[x] only Period
* extension[period] ^short = "The reference are the windows that lie within"
