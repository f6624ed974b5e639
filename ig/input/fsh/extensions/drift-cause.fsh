Extension: DriftCause
Id: drift-cause
Title: "Cause of drift"
Description: "Why a feature drifted, as far as the record tells."
Context: MeasureReport
* extension contains
    feature 1..1 and
    source 1..1 and
    kind 1..1 and
    value 0..1 and
    since 0..1 and
    share 1..1 and
    referenceShare 1..1 and
    text 1..1
* extension[feature].value[x] only string
* extension[source].value[x] only string
* extension[source] ^short = "The feature from whose facts it is told: itself, or one of which it is made"
* extension[kind].value[x] only code
* extension[kind].valueCode from DriftCauseValues (required)
* extension[value].value[x] only string
* extension[value] ^short = "The unit, code, site and so on that is new, or the reason why values lack"
* extension[since].value[x] only date
* extension[share].value[x] only decimal
* extension[share] ^short = "Of the rows, 0 to 1"
* extension[referenceShare].value[x] only decimal
* extension[referenceShare] ^short = "Of the reference's rows, 0 to 1"
* extension[text].value[x] only string
