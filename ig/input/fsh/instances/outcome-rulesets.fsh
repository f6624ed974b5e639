RuleSet: Outcome(id, title, kind)
* url = "https://auscult.org/fhir/Library/{id}"
* version = "1.0.0"
* title = {title}
* status = #active
* experimental = false
* type = $LibraryType#logic-library
* extension[event].valueCode = #{kind}

RuleSet: InpatientStay(from)
* extension[horizonFrom].valueCode = #{from}
* extension[horizonEncounter][0].valueCoding = $ActCode#IMP "inpatient encounter"
* extension[horizonEncounter][1].valueCoding = $ActCode#ACUTE "inpatient acute"
* extension[horizonEncounter][2].valueCoding = $ActCode#NONAC "inpatient non-acute"

RuleSet: Source(citation)
* relatedArtifact[+].type = #citation
* relatedArtifact[=].citation = {citation}

RuleSet: KidneyFailure
* extension[expression].valueString = "dialysis_dependence or kidney_transplant or kidney_transplantation"
* extension[firstEver].valueBoolean = true
* relatedArtifact[+].type = #depends-on
* relatedArtifact[=].resource = "https://auscult.org/fhir/Library/feature-dialysis-dependence|1.0.0"
* relatedArtifact[+].type = #depends-on
* relatedArtifact[=].resource = "https://auscult.org/fhir/Library/feature-kidney-transplant|1.0.0"
* relatedArtifact[+].type = #depends-on
* relatedArtifact[=].resource = "https://auscult.org/fhir/Library/feature-kidney-transplantation|1.0.0"
* insert Source([["Tangri N, Stevens LA, Griffith J, et al. JAMA 2011;305:1553-9, where kidney failure is the need for dialysis or a preemptive transplant."]])
