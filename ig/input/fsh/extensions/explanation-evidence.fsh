Extension: ExplanationEvidence
Id: explanation-evidence
Title: "Evidence"
Description: "What an explanation's values were taken from, versioned: R4's derivedFrom may name no Condition, Encounter, Procedure or Patient. Whoever may not see it does not see the explanation."
Context: Observation
* value[x] only Reference
* value[x] 1..1
