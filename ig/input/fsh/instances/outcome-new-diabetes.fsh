Instance: outcome-new-diabetes
InstanceOf: OutcomeDefinition
Usage: #definition
Title: "new diagnosis of diabetes"
Description: "The first diagnosis of diabetes mellitus, of any type, that is coded within five years. Who ever had one is not asked about. It is the diagnosis that counts, not a laboratory value."
* name = "new_diabetes"
* insert Outcome(outcome-new-diabetes, "new diagnosis of diabetes", occurrence)
* insert Reads(Condition)
* insert ReadsValueSet(code, diabetes)
* extension[horizon].valueDuration = 5 'a'
* extension[firstEver].valueBoolean = true
* insert Source([["ValueSet diabetes of this guide: diagnoses of diabetes mellitus; prediabetes and gestational diabetes are not among them."]])
