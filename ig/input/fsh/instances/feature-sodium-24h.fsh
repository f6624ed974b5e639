Instance: feature-sodium-24h
InstanceOf: FeatureDefinition
Usage: #definition
Title: "sodium"
Description: "Sodium in serum, plasma or whole blood, of the last 24 hours."
* name = "sodium_24h"
* insert Feature(feature-sodium-24h, "sodium", latest, mmol/L)
* insert Reads(Observation)
* insert ReadsCode(0, $LNC#2951-2)
* insert ReadsCode(1, $LNC#2947-0)
* insert Within(24, h)
* insert Plausible(90, 200, mmol/L)
