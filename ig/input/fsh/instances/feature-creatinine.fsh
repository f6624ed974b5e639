Instance: feature-creatinine
InstanceOf: FeatureDefinition
Usage: #definition
Title: "creatinine"
Description: "creatinine"
* name = "creatinine"
* insert Feature(feature-creatinine, "creatinine", latest, mg/dL)
* insert Reads(Observation)
* insert ReadsCode(0, $LNC#2160-0)
* insert ReadsCode(1, $LNC#38483-4)
* insert ReadsCode(2, $LNC#14682-9)
* insert Within(12, mo)
* insert Plausible(0.1, 30, mg/dL)
