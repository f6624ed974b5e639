Instance: feature-calcium-24h
InstanceOf: FeatureDefinition
Usage: #definition
Title: "calcium"
Description: "Total calcium in serum, plasma or blood, of the last 24 hours; 1 mmol/L is 4.0078 mg/dL. Ionised calcium is another measure."
* name = "calcium_24h"
* insert Feature(feature-calcium-24h, "calcium", latest, mg/dL)
* insert Reads(Observation)
* insert ReadsCode(0, $LNC#17861-6)
* insert ReadsCode(1, $LNC#2000-8)
* insert ReadsCode(2, $LNC#49765-1)
* insert Within(24, h)
* insert Plausible(2, 25, mg/dL)
