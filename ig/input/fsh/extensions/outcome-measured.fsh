Extension: OutcomeMeasured
Id: outcome-measured
Title: "Measured"
Description: "Whether only who was measured within the horizon can be without the event; otherwise it was not looked for, and the label is censored."
Context: Library
* value[x] only boolean
* value[x] 1..1
