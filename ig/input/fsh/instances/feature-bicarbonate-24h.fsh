Instance: feature-bicarbonate-24h
InstanceOf: FeatureDefinition
Usage: #definition
Title: "bicarbonate"
Description: "Bicarbonate, or total carbon dioxide, in serum or plasma, of the last 24 hours."
* name = "bicarbonate_24h"
* insert Feature(feature-bicarbonate-24h, "bicarbonate", latest, mmol/L)
* insert Reads(Observation)
* insert ReadsCode(0, $LNC#1963-8)
* insert ReadsCode(1, $LNC#2028-9)
* insert Within(24, h)
* insert Plausible(2, 60, mmol/L)
