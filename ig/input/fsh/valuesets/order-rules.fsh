ValueSet: RenalMeasures
Id: renal-measures
Title: "Measures of the kidneys"
Description: "All of them."
* ^experimental = false
* include codes from system RenalMeasureCodes

ValueSet: BodyWeights
Id: body-weights
Title: "Body weights"
Description: "All of them."
* ^experimental = false
* include codes from system BodyWeightCodes

ValueSet: OrderActions
Id: order-actions
Title: "Advice on orders"
Description: "All of them."
* ^experimental = false
* include codes from system OrderActionCodes

ValueSet: OrderSeverities
Id: order-severities
Title: "Severity of advice on orders"
Description: "All of them."
* ^experimental = false
* include codes from system OrderSeverityCodes
