Extension: OutcomeExclusion
Id: outcome-exclusion
Title: "Exclusion"
Description: "A feature, as url|version: who has it at the index time is not asked about."
Context: Library
* obeys canonical-pinned
* value[x] only canonical
* value[x] 1..1
