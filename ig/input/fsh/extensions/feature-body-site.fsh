Extension: FeatureBodySite
Id: feature-body-site
Title: "Body site"
Description: "Only facts of this site of the body."
Context: Library
* value[x] only Coding
* value[x] 1..1
