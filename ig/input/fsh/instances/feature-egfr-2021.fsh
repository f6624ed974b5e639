Instance: feature-egfr-2021
InstanceOf: FeatureDefinition
Usage: #definition
Title: "eGFR by CKD-EPI 2021"
Description: "Reported eGFR by CKD-EPI 2021 only; MDRD (33914-3) is another measure."
* name = "egfr_2021"
* insert Feature(feature-egfr-2021, "eGFR by CKD-EPI 2021", latest, mL/min/{1.73_m2})
* insert Reads(Observation)
* insert ReadsCode(0, $LNC#98979-8)
* insert Within(12, mo)
* insert Plausible(1, 250, mL/min/{1.73_m2})
