CodeSystem: OutcomeEventCodes
Id: outcome-event-kind
Title: "Kinds of event"
Description: "What can be predicted."
* insert OurCodes
* #death "Death" "The patient dies; in a stay also by how it ended."
* #occurrence "Occurrence" "Something is recorded: a diagnosis, a procedure, an admission. The first one counts."
* #crossing "Crossing" "A measured value crosses a threshold. The first one counts."
* #expression "Expression" "An expression over features becomes true, or crosses a threshold."

CodeSystem: OutcomeHorizonCodes
Id: outcome-horizon-anchor
Title: "Beginnings of a horizon"
Description: "From when an event counts."
* insert OurCodes
* #index "Index time" "From the index time."
* #discharge "Discharge" "From the end of the encounter that is open at the index time, or ends with it."
* #stay "Stay" "From the index time to the end of that encounter."

CodeSystem: OutcomeLabelCodes
Id: outcome-label
Title: "Labels of an outcome"
Description: "What became of a patient after an index time."
* insert OurCodes
* #event "Event" "It happened within the horizon."
* #no-event "No event" "It did not happen, and the patient was followed to the horizon's end."
* #censored "Censored" "Nobody can say; the reason says why."
* #competing "Competing event" "Something else happened first, such as a death."
* #excluded "Excluded" "The definition does not ask about this patient at this time; the reason says why."

CodeSystem: OutcomeReasonCodes
Id: outcome-label-reason
Title: "Reasons of a label"
Description: "Why a label is censored, or a patient excluded."
* insert OurCodes
* #horizon-open "Horizon open" "The horizon was not over when the record was asked."
* #not-followed "Not followed" "Nothing shows that the patient was still observed at the horizon's end."
* #feed-silent "Feed silent" "The patient was observed, but a feed that would tell of the event was silent at the end of the horizon, and has not been heard since."
* #search-incomplete "Search incomplete" "The search was refused, truncated or not made: absence proves nothing."
* #not-measured "Not measured" "It was never measured within the horizon."
* #unreadable "Unreadable" "Only values that cannot be read would say."
* #unconfirmed "Unconfirmed" "A first value, neither confirmed nor refuted by a second one."
* #ambiguous-date "Ambiguous date" "A date too coarse, or none, to say whether it lies within the horizon."
* #contradicted "Contradicted" "Two parts of the record that cannot both be true."
* #died-before "Died before" "Dead by the index time."
* #no-index-encounter "No index encounter" "No encounter of the definition's classes is open at the index time, or ends with it."
* #exclusion "Exclusion" "A feature that excludes says yes."
* #requirement "Requirement" "A feature that is required says no, or is missing."
* #prevalent "Prevalent" "It happened before the index time, within the washout."
