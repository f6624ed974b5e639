Instance: feature-inhaled-oxygen-12h
InstanceOf: FeatureDefinition
Usage: #definition
Title: "inhaled oxygen concentration"
Description: "Inhaled oxygen concentration of the last 12 hours; a fraction without % is missing, and a flow is no concentration."
* name = "inhaled_oxygen_12h"
* insert Feature(feature-inhaled-oxygen-12h, "inhaled oxygen concentration", latest, %)
* insert Reads(Observation)
* insert ReadsCode(0, $LNC#3150-6)
* insert Within(12, h)
* insert Plausible(21, 100, %)
