Extension: AdjudicationSeed
Id: adjudication-seed
Title: "Seed"
Description: "Of all chance: the same seed and the same labels give the same choice."
Context: PlanDefinition
* value[x] only integer
* value[x] 1..1
