Extension: OutcomeFollowUpFeature
Id: outcome-follow-up-feature
Title: "Follow-up by feature"
Description: "A feature, as url|version, whose facts prove that the patient was observed."
Context: Library
* obeys canonical-pinned
* value[x] only canonical
* value[x] 1..1
