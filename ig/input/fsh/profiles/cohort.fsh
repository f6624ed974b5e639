Profile: CohortCriteria
Parent: Group
Id: cohort-criteria
Title: "Criteria of a cohort"
Description: "Who belongs to a cohort as of a time: for whom every characteristic holds, and none that excludes. A characteristic names a feature and what its value must be, in the feature's unit: a truth, a number with its comparator, or a range with both ends included. What is missing does not hold."
* actual = false
* type = #person
* member 0..0
* characteristic 1..* MS
* characteristic.code 1..1
* characteristic.value[x] only boolean or Quantity or Range
* characteristic.period 0..0
* characteristic.extension contains CohortFeature named feature 1..1 MS
