Instance: feature-albumin-creatinine-ratio
InstanceOf: FeatureDefinition
Usage: #definition
Title: "albumin/creatinine ratio in urine"
Description: "In mg/g; mg/mmol is converted. Its logarithm is taken, so zero lies outside the plausible range and is missing, as is a result below a bound."
* name = "albumin_creatinine_ratio"
* insert Feature(feature-albumin-creatinine-ratio, "albumin/creatinine ratio in urine", latest, mg/g)
* insert Reads(Observation)
* insert ReadsCode(0, $LNC#9318-7)
* insert ReadsCode(1, $LNC#14959-1)
* insert Within(12, mo)
* insert Plausible(0.1, 30000, mg/g)
