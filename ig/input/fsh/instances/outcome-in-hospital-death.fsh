Instance: outcome-in-hospital-death
InstanceOf: OutcomeDefinition
Usage: #definition
Title: "death in hospital"
Description: "Death between the index time and the end of the inpatient stay that is open then, by the Patient's date of death or by the discharge disposition."
* name = "in_hospital_death"
* insert Outcome(outcome-in-hospital-death, "death in hospital", death)
* insert InpatientStay(stay)
* insert Source([["HL7 Terminology, CodeSystem discharge-disposition: exp, the patient has deceased during this encounter."]])
