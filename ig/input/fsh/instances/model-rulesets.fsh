RuleSet: Input(index, name, title, feature, unit)
* extension[input][{index}].extension[name].valueString = "{name}"
* extension[input][{index}].extension[title].valueString = {title}
* extension[input][{index}].extension[feature].valueString = "{feature}"
* extension[input][{index}].extension[unit].valueCode = #{unit}

RuleSet: Reference(index, value)
* extension[input][{index}].extension[reference].valueDecimal = {value}

RuleSet: Rounded(index, step)
* extension[input][{index}].extension[rounding].valueDecimal = {step}

RuleSet: ScorePart(index, name, title, code)
* insert Output({index}, {name}, {title}, {score})
* extension[output][{index}].extension[code].valueCoding = $SCT#{code}
* extension[output][{index}].extension[part].valueBoolean = true

RuleSet: Band(index, band, code, title)
* extension[output][{index}].extension[band][{band}].extension[code].valueCode = #{code}
* extension[output][{index}].extension[band][{band}].extension[title].valueString = {title}

RuleSet: MustBe(index, feature, code, text)
* insert Eligible({index}, {feature}, {code}, {text})
* extension[eligibility][{index}].extension[mustBeTrue].valueBoolean = true

RuleSet: Output(index, name, title, unit)
* extension[output][{index}].extension[name].valueString = "{name}"
* extension[output][{index}].extension[title].valueString = {title}
* extension[output][{index}].extension[unit].valueCode = #{unit}

RuleSet: Eligible(index, feature, code, text)
* extension[eligibility][{index}].extension[feature].valueString = "{feature}"
* extension[eligibility][{index}].extension[code].valueCode = #{code}
* extension[eligibility][{index}].extension[text].valueString = {text}

RuleSet: MustNotBe(index, feature, code, text)
* insert Eligible({index}, {feature}, {code}, {text})
* extension[eligibility][{index}].extension[mustBeFalse].valueBoolean = true

RuleSet: AtLeast(index, feature, low, unit, code, text)
* insert Eligible({index}, {feature}, {code}, {text})
* extension[eligibility][{index}].extension[within].valueRange.low = {low} '{unit}'

RuleSet: IsBelow(index, feature, bound, unit, code, text)
* insert Eligible({index}, {feature}, {code}, {text})
* extension[eligibility][{index}].extension[below].valueQuantity = {bound} '{unit}'

RuleSet: Model(id, name, set, kind)
* url = "https://auscult.org/fhir/Library/{id}"
* version = "1.0.0"
* name = "{name}"
* status = #draft
* experimental = false
* type = $LibraryType#logic-library
* relatedArtifact[0].type = #depends-on
* relatedArtifact[0].resource = "https://auscult.org/fhir/Library/{set}|1.0.0"
* relatedArtifact[1].type = #citation
* extension[outputKind].valueCode = #{kind}

RuleSet: KidneyFailureRisk
* insert Input(0, age, "age", age, a)
* extension[input][0].extension[valid].valueRange.low = 18 'a'
* insert Reference(0, 70)
* insert Input(1, sex, "sex", sex, 1)
* insert Input(2, egfr, "eGFR", egfr_2021, mL/min/{1.73_m2})
* extension[input][2].extension[fallback].valueCanonical = "https://auscult.org/fhir/Library/ckd-epi-2021|1.0.0"
* insert Reference(2, 45)
* insert Input(3, uacr, "albumin/creatinine ratio in urine", albumin_creatinine_ratio, mg/g)
* insert Reference(3, 30)
* insert Output(0, kidney_failure_2y, "kidney failure within 2 years", 1)
* extension[output][0].extension[horizon].valueDuration = 2 'a'
* extension[output][0].extension[outcome].valueCanonical = "https://auscult.org/fhir/Library/outcome-kidney-failure-2y|1.0.0"
* insert Output(1, kidney_failure_5y, "kidney failure within 5 years", 1)
* extension[output][1].extension[horizon].valueDuration = 5 'a'
* extension[output][1].extension[outcome].valueCanonical = "https://auscult.org/fhir/Library/outcome-kidney-failure-5y|1.0.0"
* insert AtLeast(0, age, 18, a, age-out-of-range, "KFRE speaks of adults")
* insert IsBelow(1, egfr_2021, 60, mL/min/{1.73_m2}, egfr-not-below-60, "KFRE speaks of people with an eGFR below 60")
* insert MustNotBe(2, dialysis_dependence, on-dialysis, "KFRE does not speak of people on dialysis")
* insert MustNotBe(3, dialysis, on-dialysis, "KFRE does not speak of people on dialysis")
* insert MustNotBe(4, kidney_transplant, kidney-transplant, "KFRE does not speak of people with a transplanted kidney")
* insert MustNotBe(5, kidney_transplantation, kidney-transplant, "KFRE does not speak of people with a transplanted kidney")
* insert MustNotBe(6, acute_kidney_injury, acute-kidney-injury, "With acute kidney injury the eGFR does not say how the kidneys are in the long run")

RuleSet: Sensitive(index, feature, kind, use)
* extension[sensitiveUse][{index}].extension[feature].valueString = "{feature}"
* extension[sensitiveUse][{index}].extension[kind].valueCode = #{kind}
* extension[sensitiveUse][{index}].extension[use].valueString = {use}
