RuleSet: PatientOperation(id)
* url = "https://auscult.org/fhir/OperationDefinition/{id}"
* version = "0.1.0"
* status = #active
* experimental = false
* kind = #operation
* resource = #Patient
* system = false

RuleSet: In(name, min, documentation)
* parameter[+].name = #{name}
* parameter[=].use = #in
* parameter[=].min = {min}
* parameter[=].max = "1"
* parameter[=].type = #string
* parameter[=].documentation = {documentation}

RuleSet: InMany(name, documentation)
* parameter[+].name = #{name}
* parameter[=].use = #in
* parameter[=].min = 0
* parameter[=].max = "*"
* parameter[=].type = #string
* parameter[=].documentation = {documentation}

RuleSet: Out(name, min, max, type, documentation)
* parameter[+].name = #{name}
* parameter[=].use = #out
* parameter[=].min = {min}
* parameter[=].max = "{max}"
* parameter[=].type = #{type}
* parameter[=].documentation = {documentation}

RuleSet: OutGroup(name, documentation)
* parameter[+].name = #{name}
* parameter[=].use = #out
* parameter[=].min = 0
* parameter[=].max = "*"
* parameter[=].documentation = {documentation}

RuleSet: Part(name, min, max, type, documentation)
* parameter[=].part[+].name = #{name}
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = {min}
* parameter[=].part[=].max = "{max}"
* parameter[=].part[=].type = #{type}
* parameter[=].part[=].documentation = {documentation}

RuleSet: PartGroup(name, documentation)
* parameter[=].part[+].name = #{name}
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 0
* parameter[=].part[=].max = "*"
* parameter[=].part[=].documentation = {documentation}

RuleSet: PartOfPart(name, type, documentation)
* parameter[=].part[=].part[+].name = #{name}
* parameter[=].part[=].part[=].use = #out
* parameter[=].part[=].part[=].min = 1
* parameter[=].part[=].part[=].max = "1"
* parameter[=].part[=].part[=].type = #{type}
* parameter[=].part[=].part[=].documentation = {documentation}

RuleSet: AsOf
* insert In(at, 0, [["Index time: an instant with its offset, or a date, which counts to the end of the site's day; now if not given."]])
* insert In(knownAt, 0, [["Only what was known by then; the index time if not given."]])
* insert In(epoch, 0, [["Only what was known in this epoch of the patient, a whole number, instead of knownAt."]])
