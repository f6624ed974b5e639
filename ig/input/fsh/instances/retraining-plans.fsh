Instance: retraining-prevent-2023
InstanceOf: RetrainingPlan
Usage: #definition
Title: "Calibrate PREVENT 2023 anew"
Description: "Asks every three months, and when monitoring finds something or a guideline changes, whether PREVENT is to be calibrated anew for this site."
* url = "https://auscult.org/fhir/PlanDefinition/retraining-prevent-2023"
* version = "1.0.0"
* name = "RetrainingPrevent2023"
* title = "Calibrate PREVENT 2023 anew"
* status = #draft
* experimental = false
* date = "2026-11-22"
* description = "Every three months, when an alert rule has found that PREVENT does worse or is given something else, and when a guideline changes, people are asked whether it is to be calibrated anew."
* extension[model].valueCanonical = "https://auscult.org/fhir/Library/prevent-2023"
* extension[trigger][0].extension[kind].valueCode = #time
* extension[trigger][0].extension[every].valueDuration = 3 'mo'
* extension[trigger][1].extension[kind].valueCode = #performance
* extension[trigger][2].extension[kind].valueCode = #drift
* extension[trigger][3].extension[kind].valueCode = #event
* extension[trigger][3].extension[event].valueCode = #guideline
* extension[window].extension[length].valueDuration = 24 'mo'
* extension[window].extension[labels].valuePositiveInt = 1000
