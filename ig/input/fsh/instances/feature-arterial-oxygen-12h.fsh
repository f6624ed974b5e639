Instance: feature-arterial-oxygen-12h
InstanceOf: FeatureDefinition
Usage: #definition
Title: "arterial oxygen pressure"
Description: "Partial pressure of oxygen in arterial blood, of the last 12 hours."
* name = "arterial_oxygen_12h"
* insert Feature(feature-arterial-oxygen-12h, "arterial oxygen pressure", latest, mm[Hg])
* insert Reads(Observation)
* insert ReadsCode(0, $LNC#2703-7)
* insert Within(12, h)
* insert Plausible(10, 800, mm[Hg])
