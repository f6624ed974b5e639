Extension: OutcomeCompeting
Id: outcome-competing
Title: "Competing event"
Description: "A feature, as url|version, whose first fact after the index time ends the wait, as a death always does."
Context: Library
* obeys canonical-pinned
* value[x] only canonical
* value[x] 1..1
