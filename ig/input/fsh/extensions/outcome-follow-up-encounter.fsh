Extension: OutcomeFollowUpEncounter
Id: outcome-follow-up-encounter
Title: "Follow-up by encounter"
Description: "Class of encounters that prove that the patient was observed; any class if neither this nor a feature is named."
Context: Library
* value[x] only Coding
* value[x] 1..1
