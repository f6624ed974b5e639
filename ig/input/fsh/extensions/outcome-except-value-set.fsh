Extension: OutcomeExceptValueSet
Id: outcome-except-value-set
Title: "Except those of a ValueSet"
Description: "Facts that bear one of the codes of this ValueSet, named as url|version, do not count."
Context: Library
* obeys canonical-pinned
* value[x] only canonical
* value[x] 1..1
