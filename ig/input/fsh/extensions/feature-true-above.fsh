Extension: FeatureTrueAbove
Id: feature-true-above
Title: "Measured answers that mean yes"
Description: "A measured answer in a unit that can be expressed in this one means 1 above the bound, and 0 up to it; without a bound in its unit it is missing."
Context: Library
* obeys true-above-plain
* value[x] only Quantity
* value[x] 1..1
