Instance: feature-glasgow-coma-score-12h
InstanceOf: FeatureDefinition
Usage: #definition
Title: "Glasgow coma score"
Description: "Total of the Glasgow coma scale, of the last 12 hours."
* name = "glasgow_coma_score_12h"
* insert Feature(feature-glasgow-coma-score-12h, "Glasgow coma score", latest, {score})
* insert Reads(Observation)
* insert ReadsCode(0, $LNC#9269-2)
* insert Within(12, h)
* insert Plausible(3, 15, {score})
