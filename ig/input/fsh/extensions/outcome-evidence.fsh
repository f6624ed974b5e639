Extension: OutcomeEvidence
Id: outcome-evidence
Title: "Evidence of an outcome"
Description: "What a label rests on, versioned: R4's derivedFrom may name no Condition, Encounter, Procedure or Patient. Whoever may not see it does not see the label."
Context: Observation
* value[x] only Reference
* value[x] 1..1
