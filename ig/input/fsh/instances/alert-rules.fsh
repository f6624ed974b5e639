RuleSet: Alert(id, name, title)
* url = "https://auscult.org/fhir/PlanDefinition/{id}"
* version = "1.0.0"
* name = "{name}"
* title = "{title}"
* status = #draft
* experimental = false

Instance: alert-discrimination
InstanceOf: AlertRule
Usage: #definition
Title: "AUROC has fallen"
Description: "Over three months, the upper end of the AUROC's interval lies more than 0.05 below what the first three windows gave."
* insert Alert(alert-discrimination, AlertDiscrimination, AUROC has fallen)
* description = "Over three months, the upper end of the AUROC's interval lies more than 0.05 below what the first three windows gave on average: that the model tells patients apart worse than when it began is then hardly chance."
* extension[figure].extension[code].valueCode = #auroc
* extension[window].valueCode = #quarter
* extension[test].extension[kind].valueCode = #difference
* extension[test].extension[lower].valueDecimal = -0.05
* extension[test].extension[compared].valueCode = #bound
* extension[test].extension[windows].valuePositiveInt = 3
* extension[minimum].valuePositiveInt = 100
* extension[severity].valueCode = #warning

Instance: alert-no-discrimination
InstanceOf: AlertRule
Usage: #definition
Title: "AUROC no better than chance"
Description: "Over three months the AUROC is below 0.55, twice in a row."
* insert Alert(alert-no-discrimination, AlertNoDiscrimination, AUROC no better than chance)
* description = "Over three months the AUROC is below 0.55, twice in a row: the model says hardly more than chance does. Of at least 200 predictions with a label."
* extension[figure].extension[code].valueCode = #auroc
* extension[window].valueCode = #quarter
* extension[test].extension[kind].valueCode = #fixed
* extension[test].extension[lower].valueDecimal = 0.55
* extension[test].extension[compared].valueCode = #point
* extension[minimum].valuePositiveInt = 200
* extension[consecutive].valuePositiveInt = 2
* extension[severity].valueCode = #critical

Instance: alert-calibration-error
InstanceOf: AlertRule
Usage: #definition
Title: "Calibration error is high"
Description: "Over three months, the lower end of the ECE's interval lies above 0.1."
* insert Alert(alert-calibration-error, AlertCalibrationError, Calibration error is high)
* description = "Over three months, the lower end of the interval of the ECE (deciles) lies above 0.1: probabilities are off by more than ten points on average, hardly by chance. ECE grows with noise, so the point alone would alarm in small windows."
* extension[figure].extension[code].valueCode = #ece-equal-count
* extension[window].valueCode = #quarter
* extension[test].extension[kind].valueCode = #fixed
* extension[test].extension[upper].valueDecimal = 0.1
* extension[test].extension[compared].valueCode = #bound
* extension[minimum].valuePositiveInt = 100
* extension[severity].valueCode = #warning

Instance: alert-observed-to-expected
InstanceOf: AlertRule
Usage: #definition
Title: "More or fewer events than expected"
Description: "Over three months, the interval of observed to expected lies outside 0.8 to 1.25."
* insert Alert(alert-observed-to-expected, AlertObservedToExpected, More or fewer events than expected)
* description = "Over three months, the whole interval of events observed to events expected lies outside 0.8 to 1.25: risks are too low or too high as a whole."
* extension[figure].extension[code].valueCode = #observed-to-expected
* extension[window].valueCode = #quarter
* extension[test].extension[kind].valueCode = #fixed
* extension[test].extension[lower].valueDecimal = 0.8
* extension[test].extension[upper].valueDecimal = 1.25
* extension[test].extension[compared].valueCode = #bound
* extension[minimum].valuePositiveInt = 100
* extension[severity].valueCode = #warning

Instance: alert-brier-out-of-control
InstanceOf: AlertRule
Usage: #definition
Title: "Brier score out of control"
Description: "A month's Brier score lies above the mean of the first six by more than three standard deviations."
* insert Alert(alert-brier-out-of-control, AlertBrierOutOfControl, Brier score out of control)
* description = "A month's Brier score lies above the mean of the first six months by more than three of their standard deviations: this month is unlike those before."
* extension[figure].extension[code].valueCode = #brier
* extension[window].valueCode = #month
* extension[test].extension[kind].valueCode = #control-limits
* extension[test].extension[side].valueCode = #above
* extension[test].extension[compared].valueCode = #point
* extension[test].extension[windows].valuePositiveInt = 6
* extension[minimum].valuePositiveInt = 50
* extension[severity].valueCode = #warning

Instance: alert-prevalence-shift
InstanceOf: AlertRule
Usage: #definition
Title: "Events become more or less frequent"
Description: "The monthly share of events has shifted for good, by cumulative sums over the months since the first six."
* insert Alert(alert-prevalence-shift, AlertPrevalenceShift, Events become more or less frequent)
* description = "The monthly share of events has shifted from the first six months, by cumulative sums that find a small shift that lasts. Worth knowing before calibration suffers."
* extension[figure].extension[code].valueCode = #prevalence
* extension[window].valueCode = #month
* extension[test].extension[kind].valueCode = #cusum
* extension[test].extension[side].valueCode = #either
* extension[test].extension[compared].valueCode = #point
* extension[test].extension[windows].valuePositiveInt = 6
* extension[minimum].valuePositiveInt = 50
* extension[severity].valueCode = #info

Instance: alert-sites-apart
InstanceOf: AlertRule
Usage: #definition
Title: "AUROC is low at a site"
Description: "At a site, over three months, the upper end of the AUROC's interval lies below 0.7."
* insert Alert(alert-sites-apart, AlertSitesApart, AUROC is low at a site)
* description = "At one site, over three months, the upper end of the AUROC's interval lies below 0.7: what holds elsewhere does not hold there. Each site has an issue of its own."
* extension[figure].extension[code].valueCode = #auroc
* extension[window].valueCode = #quarter
* extension[group].extension[way].valueString = "site"
* extension[test].extension[kind].valueCode = #fixed
* extension[test].extension[lower].valueDecimal = 0.7
* extension[test].extension[compared].valueCode = #bound
* extension[minimum].valuePositiveInt = 100
* extension[severity].valueCode = #warning

Instance: alert-inputs-drifted
InstanceOf: AlertRule
Usage: #definition
Title: "What the model is given has drifted"
Description: "In a week, the population stability index of a feature lies above 0.25."
* insert Alert(alert-inputs-drifted, AlertInputsDrifted, What the model is given has drifted)
* description = "In a week, the population stability index of a feature lies above 0.25: the model is given other patients, or other data, than in its reference window. The finding names the feature and, where the record shows one, the cause. Of at least 1,000 patients of week and reference together: with fewer, chance alone goes far."
* extension[figure].extension[code].valueCode = #psi
* extension[window].valueCode = #week
* extension[test].extension[kind].valueCode = #fixed
* extension[test].extension[upper].valueDecimal = 0.25
* extension[test].extension[compared].valueCode = #point
* extension[minimum].valuePositiveInt = 1000
* extension[severity].valueCode = #warning

Instance: alert-inputs-drifting
InstanceOf: AlertRule
Usage: #definition
Title: "What the model is given is drifting"
Description: "In a month, the population stability index of a feature lies above 0.1."
* insert Alert(alert-inputs-drifting, AlertInputsDrifting, What the model is given is drifting)
* description = "In a month, the population stability index of a feature lies above 0.1: worth knowing before it is more. Of at least 2,000 patients of month and reference together."
* extension[figure].extension[code].valueCode = #psi
* extension[window].valueCode = #month
* extension[test].extension[kind].valueCode = #fixed
* extension[test].extension[upper].valueDecimal = 0.1
* extension[test].extension[compared].valueCode = #point
* extension[minimum].valuePositiveInt = 2000
* extension[severity].valueCode = #info

Instance: alert-inputs-missing
InstanceOf: AlertRule
Usage: #definition
Title: "A feature is missing more often"
Description: "In a week, the interval of the change of a feature's missing rate lies above 0.05."
* insert Alert(alert-inputs-missing, AlertInputsMissing, A feature is missing more often)
* description = "In a week, a feature is missing for at least five in a hundred patients more than in the reference window, hardly by chance: a code, a unit or a feed may have changed. The finding names the cause, where the record shows one."
* extension[figure].extension[code].valueCode = #missing-rate-difference
* extension[window].valueCode = #week
* extension[test].extension[kind].valueCode = #fixed
* extension[test].extension[upper].valueDecimal = 0.05
* extension[test].extension[compared].valueCode = #bound
* extension[minimum].valuePositiveInt = 200
* extension[severity].valueCode = #warning

Instance: alert-overrides
InstanceOf: AlertRule
Usage: #definition
Title: "Nearly all cards are overridden"
Description: "In a month, the lower end of the interval of a deployment's override rate lies above 0.9."
* insert Alert(alert-overrides, AlertOverrides, Nearly all cards are overridden)
* description = "In a month, clinicians surely override more than nine in ten cards of a deployment: it tires them, and what is read by nobody protects nobody. The report of use says for which reasons."
* extension[figure].extension[code].valueCode = #override-rate
* extension[window].valueCode = #month
* extension[test].extension[kind].valueCode = #fixed
* extension[test].extension[upper].valueDecimal = 0.9
* extension[test].extension[compared].valueCode = #bound
* extension[minimum].valuePositiveInt = 30
* extension[severity].valueCode = #warning

Instance: alert-labels-disputed
InstanceOf: AlertRule
Usage: #definition
Title: "Adjudicators disagree"
Description: "In a month, the upper end of the interval of kappa lies below 0.6."
* insert Alert(alert-labels-disputed, AlertLabelsDisputed, Adjudicators disagree)
* description = "In a month, two who judge the same cases surely agree less than substantially (kappa below 0.6): the guideline leaves too much open, and figures that rest on such labels say little. Of plans whose windows are months."
* extension[figure].extension[code].valueCode = #kappa
* extension[window].valueCode = #month
* extension[test].extension[kind].valueCode = #fixed
* extension[test].extension[lower].valueDecimal = 0.6
* extension[test].extension[compared].valueCode = #bound
* extension[minimum].valuePositiveInt = 20
* extension[severity].valueCode = #warning

Instance: alert-labels-doubtful
InstanceOf: AlertRule
Usage: #definition
Title: "Events by rule are no events"
Description: "In a month, the upper end of the interval of the PPV of labels lies below 0.8."
* insert Alert(alert-labels-doubtful, AlertLabelsDoubtful, Events by rule are no events)
* description = "In a month, those who looked surely call fewer than eight in ten events by rule an event: the outcome's definition counts what it should not, and every figure of performance with it. Of plans whose windows are months."
* extension[figure].extension[code].valueCode = #label-ppv
* extension[window].valueCode = #month
* extension[test].extension[kind].valueCode = #fixed
* extension[test].extension[lower].valueDecimal = 0.8
* extension[test].extension[compared].valueCode = #bound
* extension[minimum].valuePositiveInt = 20
* extension[severity].valueCode = #warning
