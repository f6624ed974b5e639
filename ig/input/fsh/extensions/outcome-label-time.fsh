Extension: OutcomeLabelTime
Id: outcome-label-time
Title: "Time of the label"
Description: "When it happened; of no event until when the patient was followed; of a censored label until when nothing is known to have happened."
Context: Observation
* value[x] only dateTime
* value[x] 1..1
