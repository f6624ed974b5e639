Extension: FeatureStatus
Id: feature-status
Title: "Status that counts"
Description: "A status in which a fact counts; without any, the defaults of safety rule 5."
Context: Library
* value[x] only code
* value[x] 1..1
