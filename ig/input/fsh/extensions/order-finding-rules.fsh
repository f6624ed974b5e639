Extension: OrderFindingRules
Id: order-finding-rules
Title: "Order rules of the finding"
Description: "The version of the table of order rules that the order was held against, as url|version."
Context: DetectedIssue
* value[x] only canonical
* value[x] 1..1
