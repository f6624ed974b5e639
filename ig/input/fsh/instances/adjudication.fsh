Instance: label-quality
InstanceOf: Measure
Usage: #definition
Title: "Quality of labels"
Description: "How good labels by rule are."
* url = "https://auscult.org/fhir/Measure/label-quality"
* version = "1.0.0"
* name = "LabelQuality"
* title = "Quality of labels"
* status = #active
* experimental = false
* description = "How well adjudicators agree on a random sample of the cases that were labelled first within a window, and how often the rule's label is theirs. Of each patient the first prediction within the window counts."

Instance: adjudicated-outcome
InstanceOf: AdjudicationQuestionnaire
Usage: #definition
Title: "Did the outcome happen?"
Description: "The question to adjudicators."
* url = "https://auscult.org/fhir/Questionnaire/adjudicated-outcome"
* version = "1.0.0"
* name = "AdjudicatedOutcome"
* title = "Did the outcome happen?"
* status = #active
* experimental = false
* item[0].linkId = "guide"
* item[0].type = #display
* item[0].text = "Judge by the guideline that the Task names, from the record alone, from the index time to the end of the horizon. Do not look at predictions, labels or what others have answered."
* item[1].linkId = "verdict"
* item[1].type = #choice
* item[1].text = "Did what the outcome definition describes happen within its horizon?"
* item[1].required = true
* item[1].answerOption[0].valueCoding = AdjudicationVerdictCodes#event "Event"
* item[1].answerOption[1].valueCoding = AdjudicationVerdictCodes#no-event "No event"
* item[1].answerOption[2].valueCoding = AdjudicationVerdictCodes#cannot-be-judged "Cannot be judged"
* item[2].linkId = "comment"
* item[2].type = #text
* item[2].text = "What speaks for it?"
