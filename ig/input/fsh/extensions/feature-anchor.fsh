Extension: FeatureAnchor
Id: feature-anchor
Title: "Anchor of age"
Description: "Name of the sibling feature at whose effective time age is taken."
Context: Library
* value[x] only string
* value[x] 1..1
