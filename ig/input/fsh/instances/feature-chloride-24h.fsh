Instance: feature-chloride-24h
InstanceOf: FeatureDefinition
Usage: #definition
Title: "chloride"
Description: "Chloride in serum, plasma or whole blood, of the last 24 hours."
* name = "chloride_24h"
* insert Feature(feature-chloride-24h, "chloride", latest, mmol/L)
* insert Reads(Observation)
* insert ReadsCode(0, $LNC#2075-0)
* insert ReadsCode(1, $LNC#2069-3)
* insert Within(24, h)
* insert Plausible(50, 160, mmol/L)
