Extension: SubscriptionSite
Id: subscription-site
Title: "Site of a subscription"
Description: "Of which site's issues, and of those that are no single site's, the subscriber is told. Of all if it is absent."
Context: Subscription
* value[x] only Reference(Organization)
* value[x] 1..1
