Profile: MonitoringSubscription
Parent: Subscription
Id: monitoring-subscription
Title: "Subscription of monitoring"
Description: "Who outside is told of each version of an issue that monitoring finds: an empty POST of the endpoint, or a PUT of the issue with its figures below it. The operator lists the endpoint; of a vendor's the models, too. Whoever writes requested finds it active; it is in error while its receiver takes nothing, and off when its end has come. No secret is kept for a receiver: each notification is signed."
* criteria MS
* error MS
* end MS
* channel.type = #rest-hook
* channel.endpoint 1..1 MS
* channel.payload = #application/fhir+json
* channel.header 0..0
* extension contains SubscriptionSite named site 0..1 MS
