Extension: FeatureWindowEnds
Id: feature-window-ends
Title: "Ends of the window"
Description: "Whether facts at its start and at its end count. By default the start counts unless the window is a look-back, and the end counts."
Context: Library
* value[x] only code
* value[x] 1..1
* valueCode from FeatureWindowEndsValues (required)
