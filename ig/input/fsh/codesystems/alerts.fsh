CodeSystem: AlertTestCodes
Id: alert-test-kind
Title: "Tests of alert rules"
Description: "With what a figure of a window is compared."
* insert OurCodes
* #fixed "Fixed" "With limits that are given."
* #difference "Difference" "With the reference's mean, to which the limits are added."
* #ratio "Ratio" "With the reference's mean, by which the limits are multiplied."
* #control-limits "Control limits" "With the mean of the reference's windows and three standard deviations to both sides."
* #cusum "Cumulative sums" "Whether small shifts from the reference's mean, added up, are beyond five standard deviations."

CodeSystem: AlertSideCodes
Id: alert-side
Title: "Sides of alert rules"
Description: "Which shift of a series is a breach."
* insert OurCodes
* #below "Below" "A fall."
* #above "Above" "A rise."
* #either "Either" "Both."

CodeSystem: AlertComparedCodes
Id: alert-compared
Title: "What alert rules compare"
Description: "What of a figure is held against a limit."
* insert OurCodes
* #point "Point" "The value itself."
* #bound "Bound" "The end of its interval that lies nearer to what is in order: a breach is then hardly by chance."

CodeSystem: FindingSeverityCodes
Id: finding-severity
Title: "Severity of findings"
Description: "How grave a finding of monitoring is."
* insert OurCodes
* #info "Info" "It is stored, and nobody is asked to act."
* #warning "Warning" "Somebody is asked to look into it, within the alert budget."
* #critical "Critical" "Somebody is asked to look into it at once; deployments that say so are suspended."

CodeSystem: RetrainingTriggerCodes
Id: retraining-trigger
Title: "Triggers of retraining"
Description: "What makes it time to train a model again."
* insert OurCodes
* #time "Time" "So long after the plan began, or people last answered."
* #performance "Performance" "An alert rule has found that the model does worse."
* #drift "Drift" "An alert rule has found that the model is given something else."
* #event "Event" "People have written down that something happened."
