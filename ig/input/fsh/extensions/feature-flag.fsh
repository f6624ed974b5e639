Extension: FeatureFlag
Id: feature-flag
Title: "Flag"
Description: "Only facts that bear this flag by their reference range or interpretation; for flagged, what it asks."
Context: Library
* value[x] only code
* value[x] 1..1
* valueCode from ReferenceFlagValues (required)
