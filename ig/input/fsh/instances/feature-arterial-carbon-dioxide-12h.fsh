Instance: feature-arterial-carbon-dioxide-12h
InstanceOf: FeatureDefinition
Usage: #definition
Title: "arterial carbon dioxide pressure"
Description: "Partial pressure of carbon dioxide in arterial blood, of the last 12 hours."
* name = "arterial_carbon_dioxide_12h"
* insert Feature(feature-arterial-carbon-dioxide-12h, "arterial carbon dioxide pressure", latest, mm[Hg])
* insert Reads(Observation)
* insert ReadsCode(0, $LNC#2019-8)
* insert Within(12, h)
* insert Plausible(5, 200, mm[Hg])
