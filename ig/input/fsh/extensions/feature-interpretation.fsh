Extension: FeatureInterpretation
Id: feature-interpretation
Title: "Interpretation"
Description: "Only facts whose first interpretation has this code, such as H or LL."
Context: Library
* value[x] only code
* value[x] 1..1
