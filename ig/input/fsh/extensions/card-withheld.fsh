Extension: CardWithheld
Id: card-withheld
Title: "Card withheld"
Description: "Why no card of this result was shown although there could have been one."
Context: RiskAssessment, Observation, DetectedIssue
* value[x] only code
* value[x] 1..1
* valueCode from WithheldReasons (required)
