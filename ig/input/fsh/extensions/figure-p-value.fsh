Extension: FigurePValue
Id: figure-p-value
Title: "p-value"
Description: "How probable so extreme a value is where there is no difference."
Context: Quantity
* extension contains
    value 1..1 and
    method 1..1 and
    adjusted 0..1
* extension[value].value[x] only decimal
* extension[method].value[x] only string
* extension[adjusted].value[x] only decimal
* extension[adjusted] ^short = "Corrected for all features of the report (Benjamini and Hochberg)"
