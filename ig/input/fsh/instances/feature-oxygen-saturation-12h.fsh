Instance: feature-oxygen-saturation-12h
InstanceOf: FeatureDefinition
Usage: #definition
Title: "oxygen saturation"
Description: "Oxygen saturation of the last 12 hours, the longest interval between observations that NEWS2 knows; a fraction without % is missing."
* name = "oxygen_saturation_12h"
* insert Feature(feature-oxygen-saturation-12h, "oxygen saturation", latest, %)
* insert Reads(Observation)
* insert ReadsCode(0, $LNC#59408-5)
* insert ReadsCode(1, $LNC#2708-6)
* insert Within(12, h)
* insert Plausible(30, 100, %)
