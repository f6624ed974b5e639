Extension: CohortFeature
Id: cohort-feature
Title: "Cohort feature"
Description: "The feature, as url|version, of which a criterion of a cohort says what it must be."
Context: Group.characteristic
* obeys canonical-pinned
* value[x] only canonical
* value[x] 1..1
