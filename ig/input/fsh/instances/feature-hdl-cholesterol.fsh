Instance: feature-hdl-cholesterol
InstanceOf: FeatureDefinition
Usage: #definition
Title: "HDL cholesterol"
Description: "HDL cholesterol"
* name = "hdl_cholesterol"
* insert Feature(feature-hdl-cholesterol, "HDL cholesterol", latest, mg/dL)
* insert Reads(Observation)
* insert ReadsCode(0, $LNC#2085-9)
* insert ReadsCode(1, $LNC#14646-4)
* insert Within(5, a)
* insert Plausible(3, 200, mg/dL)
