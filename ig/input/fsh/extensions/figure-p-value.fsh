Extension: FigurePValue
Id: figure-p-value
Title: "p-value"
Description: "How probable so extreme a value is where there is no difference."
Context: Quantity
* extension contains
    value 1..1 and
    method 1..1
* extension[value].value[x] only decimal
* extension[method].value[x] only string
