CodeSystem: MonitoringAlertCodes
Id: monitoring-alert
Title: "What monitoring tells"
Description: "Findings of monitoring that open a Task."
* insert OurCodes
* #skew "Skew" "Served vectors cannot be made again from the record as it was."
* #silent-source "Silent source" "A source has said nothing for longer than is usual."
