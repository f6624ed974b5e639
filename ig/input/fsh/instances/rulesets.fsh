RuleSet: Feature(id, title, operator, unit)
* url = "https://auscult.org/fhir/Library/{id}"
* version = "1.0.0"
* title = {title}
* status = #active
* experimental = false
* type = $LibraryType#logic-library
* extension[operator].valueCode = #{operator}
* extension[unit].valueCode = #{unit}

RuleSet: Reads(type)
* dataRequirement.type = #{type}

RuleSet: ReadsCode(index, code)
* dataRequirement.codeFilter.path = "code"
* dataRequirement.codeFilter.code[{index}] = {code}

RuleSet: ReadsValueSet(path, valueSet)
* dataRequirement.codeFilter.path = "{path}"
* dataRequirement.codeFilter.valueSet = "https://auscult.org/fhir/ValueSet/{valueSet}|1.0.0"

RuleSet: Within(amount, unit)
* extension[lookback].valueDuration = {amount} '{unit}'

RuleSet: Plausible(low, high, unit)
* extension[plausibleRange].valueRange.low = {low} '{unit}'
* extension[plausibleRange].valueRange.high = {high} '{unit}'
