Extension: FeatureValueUnit
Id: feature-value-unit
Title: "Value unit"
Description: "UCUM unit in which facts are read, where the value bears another one: of slope, percent-change, coefficient-of-variation, time-in-range, and distinct-count by value."
Context: Library
* value[x] only code
* value[x] 1..1
