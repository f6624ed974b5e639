Extension: OutcomeFirstEver
Id: outcome-first-ever
Title: "First ever"
Description: "Whether who had the event at any time before the index time is not asked about."
Context: Library
* value[x] only boolean
* value[x] 1..1
