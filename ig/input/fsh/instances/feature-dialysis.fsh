Instance: feature-dialysis
InstanceOf: FeatureDefinition
Usage: #definition
Title: "dialysis within a year"
Description: "A session of dialysis in the last twelve months, begun or completed."
* name = "dialysis"
* insert Feature(feature-dialysis, "dialysis within a year", exists, 1)
* insert Reads(Procedure)
* insert ReadsValueSet(code, dialysis)
* insert Within(12, mo)
