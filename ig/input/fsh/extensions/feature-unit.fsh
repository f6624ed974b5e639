Extension: FeatureUnit
Id: feature-unit
Title: "Unit"
Description: "UCUM unit of the value; 1 for counts and truth."
Context: Library
* value[x] only code
* value[x] 1..1
