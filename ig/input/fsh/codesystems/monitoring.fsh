CodeSystem: MonitoringAlertCodes
Id: monitoring-alert
Title: "What monitoring tells"
Description: "Findings of monitoring, and what its Tasks are about."
* insert OurCodes
* #use "Use" "What clinicians do with cards breaches an alert rule."
* #labels "Labels" "How good labels are, by those who looked at some, breaches an alert rule."
* #skew "Skew" "Served vectors cannot be made again from the record as it was."
* #silent-source "Silent source" "A source has said nothing for longer than is usual."
* #synthetic-request "Synthetic request" "A service does not answer a request about a synthetic patient as it should."
* #performance "Performance" "How well a model does breaches an alert rule."
* #drift "Drift" "What a model is given breaches an alert rule."
* #retraining "Retraining" "A model should be trained again."
* #held-back "Held back" "Warnings that nobody was told of, since the alert budget was spent."
