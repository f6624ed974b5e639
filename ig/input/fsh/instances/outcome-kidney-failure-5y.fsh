Instance: outcome-kidney-failure-5y
InstanceOf: OutcomeDefinition
Usage: #definition
Title: "kidney failure within 5 years"
Description: "Dialysis that goes on, or a transplant: the first diagnosis of the ValueSet dialysis-dependence, or the first that says or operation that gives a transplanted kidney, within five years. A single session of dialysis, as for an acute injury, does not count. End-stage disease that is coded without dialysis does, since sites code it for both. Who had one of them before is not asked about; a death before it competes."
* name = "kidney_failure_5y"
* insert Outcome(outcome-kidney-failure-5y, "kidney failure within 5 years", expression)
* insert KidneyFailure
* extension[horizon].valueDuration = 5 'a'
