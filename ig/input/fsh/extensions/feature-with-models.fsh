Extension: FeatureWithModels
Id: feature-with-models
Title: "With models"
Description: "Whether what a model wrote (AIAST) counts too; by default it does not."
Context: Library
* value[x] only boolean
* value[x] 1..1
