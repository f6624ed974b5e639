Instance: feature-bmi
InstanceOf: FeatureDefinition
Usage: #definition
Title: "body mass index"
Description: "body mass index"
* name = "bmi"
* insert Feature(feature-bmi, "body mass index", latest, kg/m2)
* insert Reads(Observation)
* insert ReadsCode(0, $LNC#39156-5)
* insert Within(3, a)
* insert Plausible(8, 120, kg/m2)
