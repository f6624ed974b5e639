CodeSystem: MonitoringAlertCodes
Id: monitoring-alert
Title: "What monitoring tells"
Description: "Findings of monitoring, and what its Tasks are about."
* insert OurCodes
* #skew "Skew" "Served vectors cannot be made again from the record as it was."
* #silent-source "Silent source" "A source has said nothing for longer than is usual."
* #performance "Performance" "Figures of a model breach an alert rule."
* #held-back "Held back" "Warnings that nobody was told of, since the alert budget was spent."
