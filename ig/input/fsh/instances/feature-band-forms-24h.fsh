Instance: feature-band-forms-24h
InstanceOf: FeatureDefinition
Usage: #definition
Title: "band forms"
Description: "Share of band forms among the leukocytes, of the last 24 hours."
* name = "band_forms_24h"
* insert Feature(feature-band-forms-24h, "band forms", latest, %)
* insert Reads(Observation)
* insert ReadsCode(0, $LNC#764-1)
* insert ReadsCode(1, $LNC#26508-2)
* insert Within(24, h)
* insert Plausible(0, 100, %)
