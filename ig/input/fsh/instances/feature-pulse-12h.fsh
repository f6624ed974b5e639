Instance: feature-pulse-12h
InstanceOf: FeatureDefinition
Usage: #definition
Title: "pulse"
Description: "Heart rate of the last 12 hours, the longest interval between observations that NEWS2 knows."
* name = "pulse_12h"
* insert Feature(feature-pulse-12h, "pulse", latest, /min)
* insert Reads(Observation)
* insert ReadsCode(0, $LNC#8867-4)
* insert Within(12, h)
* insert Plausible(10, 300, /min)
