Instance: feature-systolic-bp
InstanceOf: FeatureDefinition
Usage: #definition
Title: "systolic blood pressure"
Description: "systolic blood pressure"
* name = "systolic_bp"
* insert Feature(feature-systolic-bp, "systolic blood pressure", latest, mm[Hg])
* insert Reads(Observation)
* insert ReadsCode(0, $LNC#8480-6)
* insert Within(2, a)
* insert Plausible(40, 300, mm[Hg])
