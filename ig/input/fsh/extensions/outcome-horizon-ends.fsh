Extension: OutcomeHorizonEnds
Id: outcome-horizon-ends
Title: "Ends of the horizon"
Description: "Whether events at its start and at its end count. By default the start does not count, and the end does."
Context: Library
* value[x] only code
* value[x] 1..1
* valueCode from FeatureWindowEndsValues (required)
