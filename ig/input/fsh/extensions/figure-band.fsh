Extension: FigureBand
Id: figure-band
Title: "Band"
Description: "How far the figure has gone."
Context: Quantity
* value[x] only code
* value[x] 1..1
* valueCode from DriftBandValues (required)
