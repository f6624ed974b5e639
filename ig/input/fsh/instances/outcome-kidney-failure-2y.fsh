Instance: outcome-kidney-failure-2y
InstanceOf: OutcomeDefinition
Usage: #definition
Title: "kidney failure within 2 years"
Description: "Dialysis that goes on, or a transplant: the first diagnosis of the ValueSet dialysis-dependence, or the first that says or operation that gives a transplanted kidney, within two years. A single session of dialysis, as for an acute injury, does not count. End-stage disease that is coded without dialysis does, since sites code it for both. Who had one of them before is not asked about; a death before it competes."
* name = "kidney_failure_2y"
* insert Outcome(outcome-kidney-failure-2y, "kidney failure within 2 years", expression)
* insert KidneyFailure
* extension[horizon].valueDuration = 2 'a'
