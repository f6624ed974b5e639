Instance: feature-leukocytes-24h
InstanceOf: FeatureDefinition
Usage: #definition
Title: "leukocytes"
Description: "Leukocytes in blood, of the last 24 hours."
* name = "leukocytes_24h"
* insert Feature(feature-leukocytes-24h, "leukocytes", latest, 10*3/uL)
* insert Reads(Observation)
* insert ReadsCode(0, $LNC#6690-2)
* insert ReadsCode(1, $LNC#26464-8)
* insert ReadsCode(2, $LNC#804-5)
* insert Within(24, h)
* insert Plausible(0, 1000, 10*3/uL)
