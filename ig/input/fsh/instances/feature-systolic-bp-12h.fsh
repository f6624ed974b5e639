Instance: feature-systolic-bp-12h
InstanceOf: FeatureDefinition
Usage: #definition
Title: "systolic blood pressure"
Description: "Systolic blood pressure of the last 12 hours, the longest interval between observations that NEWS2 knows."
* name = "systolic_bp_12h"
* insert Feature(feature-systolic-bp-12h, "systolic blood pressure", latest, mm[Hg])
* insert Reads(Observation)
* insert ReadsCode(0, $LNC#8480-6)
* insert Within(12, h)
* insert Plausible(20, 300, mm[Hg])
