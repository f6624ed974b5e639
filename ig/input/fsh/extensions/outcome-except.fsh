Extension: OutcomeExcept
Id: outcome-except
Title: "Except"
Description: "Facts that bear this code do not count, such as planned admissions."
Context: Library
* value[x] only Coding
* value[x] 1..1
