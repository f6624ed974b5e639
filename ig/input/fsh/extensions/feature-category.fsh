Extension: FeatureCategory
Id: feature-category
Title: "Category"
Description: "Only facts whose first category has this code."
Context: Library
* value[x] only code
* value[x] 1..1
