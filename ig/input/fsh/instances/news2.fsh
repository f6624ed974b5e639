Instance: news2
InstanceOf: PredictionModel
Usage: #definition
Title: "NEWS2"
Description: "National Early Warning Score 2 of the Royal College of Physicians: points from one set of observations, for people of 16 years or more who are in hospital and not pregnant. A score, and no probability. It describes one moment and is no surveillance. Research and demonstration; not a substitute for clinical judgement."
* insert Model(news2, news2, news2-inputs, score)
* title = "NEWS2"
* copyright = "Reproduced from: Royal College of Physicians. National Early Warning Score (NEWS) 2: Standardising the assessment of acute-illness severity in the NHS. Updated report of a working party. London: RCP, 2017."
* relatedArtifact[1].citation = "Royal College of Physicians. National Early Warning Score (NEWS) 2. London: RCP, 2017."
* insert Input(0, rr, "respiratory rate", respiratory_rate_12h, /min)
* insert Reference(0, 16)
* insert Rounded(0, 1)
* insert Input(1, spo2, "oxygen saturation", oxygen_saturation_12h, %)
* insert Reference(1, 97)
* insert Rounded(1, 1)
* insert Input(2, supplemental_o2, "supplemental oxygen", supplemental_oxygen_12h, 1)
* insert Reference(2, 0)
* insert Input(3, spo2_scale_2, "use of SpO2 scale 2", spo2_scale_2, 1)
* insert Input(4, sbp, "systolic blood pressure", systolic_bp_12h, mm[Hg])
* insert Reference(4, 120)
* insert Rounded(4, 1)
* insert Input(5, pulse, "pulse", pulse_12h, /min)
* insert Reference(5, 70)
* insert Rounded(5, 1)
* insert Input(6, consciousness, "altered consciousness", altered_consciousness_12h, 1)
* insert Reference(6, 0)
* insert Input(7, temperature, "temperature", temperature_12h, Cel)
* insert Reference(7, 37)
* insert Rounded(7, 0.1)
* extension[spread].extension[within].valueDuration = 1 'h'
* extension[spread].extension[input][0].valueString = "rr"
* extension[spread].extension[input][1].valueString = "spo2"
* extension[spread].extension[input][2].valueString = "supplemental_o2"
* extension[spread].extension[input][3].valueString = "sbp"
* extension[spread].extension[input][4].valueString = "pulse"
* extension[spread].extension[input][5].valueString = "consciousness"
* extension[spread].extension[input][6].valueString = "temperature"
* insert Output(0, news2, "NEWS2", {score})
* extension[output][0].extension[code].valueCoding = $SCT#1104051000000101
* insert Band(0, 0, high, "high")
* extension[output][0].extension[band][0].extension[range].valueRange.low = 7 '{score}'
* insert Band(0, 1, medium, "medium")
* extension[output][0].extension[band][1].extension[range].valueRange.low = 5 '{score}'
* extension[output][0].extension[band][1].extension[range].valueRange.high = 6 '{score}'
* insert Band(0, 2, low-medium, "low-medium")
* extension[output][0].extension[band][2].extension[range].valueRange.low = 0 '{score}'
* extension[output][0].extension[band][2].extension[range].valueRange.high = 4 '{score}'
* extension[output][0].extension[band][2].extension[anyPart].valueDecimal = 3
* insert Band(0, 3, low, "low")
* extension[output][0].extension[band][3].extension[range].valueRange.low = 0 '{score}'
* extension[output][0].extension[band][3].extension[range].valueRange.high = 4 '{score}'
* insert ScorePart(1, respiration_rate, "respiration rate", 1104301000000104)
* insert Output(2, oxygen_saturation, "oxygen saturation", {score})
* extension[output][2].extension[part].valueBoolean = true
* insert ScorePart(3, air_or_oxygen, "air or oxygen", 1104331000000105)
* insert ScorePart(4, systolic_blood_pressure, "systolic blood pressure", 1104341000000101)
* insert ScorePart(5, pulse, "pulse", 1104351000000103)
* insert ScorePart(6, consciousness, "consciousness", 1104361000000100)
* insert ScorePart(7, temperature, "temperature", 1104371000000107)
* insert AtLeast(0, age, 16, a, age-out-of-range, "NEWS2 speaks of people of 16 years or more")
* insert MustNotBe(1, pregnancy, pregnant, "NEWS2 does not speak of pregnant people")
* insert MustNotBe(2, pregnancy_status, pregnant, "NEWS2 does not speak of pregnant people")
* insert MustBe(3, in_hospital, not-in-hospital, "NEWS2 speaks of people who are known to be in hospital now")
* usage = "For clinicians in a hospital, to read one set of observations of a person of 16 years or more who is not pregnant in one standard way. It describes one moment and is no surveillance."
* extension[deviceStatus].extension[status].valueCode = #undetermined
* extension[deviceStatus].extension[rationale].valueString = "Undetermined: nobody has assessed this copy, which is for research and demonstration. It speaks of acute illness, where time presses; that speaks for a device (FDA, Clinical Decision Support Software, 2022). Whoever puts it to use determines it."
* insert Sensitive(0, age, age, "No input: it limits eligibility to those for whom the score was made.")
* insert Sensitive(1, pregnancy, sex, "No input: pregnancy ends eligibility\, since the score was not made for its physiology.")
* insert Sensitive(2, pregnancy_status, sex, "No input: pregnancy ends eligibility\, since the score was not made for its physiology.")
