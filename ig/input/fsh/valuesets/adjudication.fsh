ValueSet: AdjudicationVerdictValues
Id: adjudication-verdict
Title: "Verdicts of adjudicators"
* ^experimental = false
* include codes from system AdjudicationVerdictCodes

ValueSet: AdjudicationWayValues
Id: adjudication-way
Title: "Ways of choosing cases"
* ^experimental = false
* include codes from system AdjudicationWayCodes
