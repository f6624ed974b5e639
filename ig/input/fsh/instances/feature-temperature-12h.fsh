Instance: feature-temperature-12h
InstanceOf: FeatureDefinition
Usage: #definition
Title: "temperature"
Description: "Body temperature of the last 12 hours, the longest interval between observations that NEWS2 knows; degrees Fahrenheit are converted exactly."
* name = "temperature_12h"
* insert Feature(feature-temperature-12h, "temperature", latest, Cel)
* insert Reads(Observation)
* insert ReadsCode(0, $LNC#8310-5)
* insert Within(12, h)
* insert Plausible(20, 46, Cel)
