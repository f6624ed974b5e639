Instance: feature-albumin-24h
InstanceOf: FeatureDefinition
Usage: #definition
Title: "albumin"
Description: "Albumin in serum or plasma, of the last 24 hours."
* name = "albumin_24h"
* insert Feature(feature-albumin-24h, "albumin", latest, g/dL)
* insert Reads(Observation)
* insert ReadsCode(0, $LNC#1751-7)
* insert ReadsCode(1, $LNC#61151-7)
* insert ReadsCode(2, $LNC#61152-5)
* insert ReadsCode(3, $LNC#2862-1)
* insert Within(24, h)
* insert Plausible(0.5, 7, g/dL)
