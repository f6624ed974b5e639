Extension: AdjudicationForm
Id: adjudication-form
Title: "Questionnaire"
Description: "What adjudicators are asked, as url|version: an active Questionnaire of the profile adjudication-questionnaire."
Context: PlanDefinition
* value[x] only canonical
* value[x] 1..1
