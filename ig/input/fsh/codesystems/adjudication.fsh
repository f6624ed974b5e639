CodeSystem: AdjudicationVerdictCodes
Id: adjudication-verdict
Title: "Verdicts of adjudicators"
Description: "What a person says of a case who has looked into the record."
* insert OurCodes
* #event "Event" "What the outcome definition describes happened within its horizon."
* #no-event "No event" "It did not happen."
* #cannot-be-judged "Cannot be judged" "The record does not tell."

CodeSystem: AdjudicationWayCodes
Id: adjudication-way
Title: "Ways of choosing cases"
Description: "By which way cases are chosen for people to look at, in the order in which they choose."
* insert OurCodes
* #random "Random" "By chance alone, of all labels that say yes or no: figures of label quality are of these."
* #uncertain "Uncertain" "By chance, of the labels that are censored, or were said otherwise before."
* #informative "Informative" "Those labels first with which the rank of the model's score disagrees most."

CodeSystem: AdjudicationCountCodes
Id: adjudication-count
Title: "Counts of adjudicated cases"
Description: "What is counted of a window's cases."
* insert OurCodes
* #random "Random" "Chosen by chance alone."
* #uncertain "Uncertain" "Chosen since the label is doubtful."
* #informative "Informative" "Chosen since the score disagrees with the label."
* #settled "Settled" "Two people say the same, or three have judged."
* #open "Open" "Verdicts are missing."
* #overdue "Overdue" "Of the open, those for which a verdict is late."
* #disagreed "Disagreed" "The first two do not say the same."
