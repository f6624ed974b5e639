Instance: outcome-readmission-30d
InstanceOf: OutcomeDefinition
Usage: #definition
Title: "unplanned readmission within 30 days"
Description: "An inpatient stay, of whatever cause, that begins within 30 days of the end of the one that is open at the index time or ends with it. One whose type says that it was elective does not count; the risk adjustment, and the list of planned procedures of the measure that is cited, are not part of it."
* name = "readmission_30d"
* insert Outcome(outcome-readmission-30d, "unplanned readmission within 30 days", occurrence)
* insert Reads(Encounter)
* dataRequirement.codeFilter.path = "class"
* dataRequirement.codeFilter.code[0] = $ActCode#IMP
* dataRequirement.codeFilter.code[1] = $ActCode#ACUTE
* dataRequirement.codeFilter.code[2] = $ActCode#NONAC
* extension[except][0].valueCoding = $SCT#8715000 "Hospital admission, elective"
* insert InpatientStay(discharge)
* extension[horizon].valueDuration = 30 'd'
* insert Source([["Centers for Medicare & Medicaid Services: Hospital-Wide All-Cause Unplanned Readmission measure (HWR): readmission within 30 days of discharge from the index admission."]])
