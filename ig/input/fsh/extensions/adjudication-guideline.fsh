Extension: AdjudicationGuideline
Id: adjudication-guideline
Title: "Guideline"
Description: "By which adjudicators judge: its url|version and the hash of its text, so that verdicts by different guidelines are kept apart."
Context: PlanDefinition, Observation, MeasureReport
* extension contains
    document 1..1 and
    sha256 1..1
* extension[document].value[x] only canonical
* extension[sha256].value[x] only string
* extension[sha256] ^short = "64 lower-case hexadecimal digits"
