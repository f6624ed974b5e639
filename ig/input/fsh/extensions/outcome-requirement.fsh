Extension: OutcomeRequirement
Id: outcome-requirement
Title: "Requirement"
Description: "A feature, as url|version: who has it not, or of whom it is not known, at the index time is not asked about."
Context: Library
* obeys canonical-pinned
* value[x] only canonical
* value[x] 1..1
