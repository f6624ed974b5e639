Instance: feature-respiratory-rate-12h
InstanceOf: FeatureDefinition
Usage: #definition
Title: "respiratory rate"
Description: "Respiratory rate of the last 12 hours, the longest interval between observations that NEWS2 knows."
* name = "respiratory_rate_12h"
* insert Feature(feature-respiratory-rate-12h, "respiratory rate", latest, /min)
* insert Reads(Observation)
* insert ReadsCode(0, $LNC#9279-1)
* insert Within(12, h)
* insert Plausible(0, 100, /min)
