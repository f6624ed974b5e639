Extension: OutcomeEvent
Id: outcome-event
Title: "Event"
Description: "What kind of event it is."
Context: Library
* value[x] only code
* value[x] 1..1
* valueCode from OutcomeEventKinds (required)
