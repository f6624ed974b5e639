ValueSet: OutcomeEventKinds
Id: outcome-event-kinds
Title: "Kinds of event"
Description: "All kinds."
* ^experimental = false
* include codes from system OutcomeEventCodes

ValueSet: OutcomeHorizonAnchors
Id: outcome-horizon-anchors
Title: "Beginnings of a horizon"
Description: "All beginnings."
* ^experimental = false
* include codes from system OutcomeHorizonCodes
