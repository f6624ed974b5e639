Instance: comorbidity-diabetes-complicated
InstanceOf: FeatureDefinition
Usage: #definition
Title: "diabetes with chronic complication"
Description: "Whether such a diagnosis stands in the record at any time, in whatever clinical status; nothing found counts as 0 after a complete search only."
* name = "comorbidity_diabetes_complicated"
* insert Feature(comorbidity-diabetes-complicated, "diabetes with chronic complication", exists, 1)
* insert Reads(Condition)
* insert ReadsValueSet(code, comorbidity-diabetes-complicated)
* extension[countingStatus][0].valueCode = #active
* extension[countingStatus][1].valueCode = #recurrence
* extension[countingStatus][2].valueCode = #relapse
* extension[countingStatus][3].valueCode = #inactive
* extension[countingStatus][4].valueCode = #remission
* extension[countingStatus][5].valueCode = #resolved
* relatedArtifact[0].type = #citation
* relatedArtifact[0].citation = "Quan H, Sundararajan V, Halfon P, et al. Coding algorithms for defining comorbidities in ICD-9-CM and ICD-10 administrative data. Med Care 2005;43:1130-1139."
