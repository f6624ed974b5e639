Extension: FigureInterval
Id: figure-interval
Title: "Interval"
Description: "An interval of confidence, both ends included."
Context: Quantity
* extension contains
    lower 1..1 and
    upper 1..1 and
    level 1..1 and
    method 1..1
* extension[lower].value[x] only decimal
* extension[upper].value[x] only decimal
* extension[level].value[x] only decimal
* extension[method].value[x] only string
