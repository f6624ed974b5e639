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
