Extension: FeatureMissingDefault
Id: feature-missing-default
Title: "Default when nothing was recorded"
Description: "The value put in when nothing was recorded; its unit text states where it comes from."
Context: Library
* obeys default-value and default-provenance
* value[x] only Quantity
* value[x] 1..1
