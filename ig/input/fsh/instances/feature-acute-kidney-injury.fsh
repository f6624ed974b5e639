Instance: feature-acute-kidney-injury
InstanceOf: FeatureDefinition
Usage: #definition
Title: "acute kidney injury"
Description: "A diagnosis that is active: then an eGFR does not say how the kidneys are in the long run."
* name = "acute_kidney_injury"
* insert Feature(feature-acute-kidney-injury, "acute kidney injury", exists, 1)
* insert Reads(Condition)
* insert ReadsValueSet(code, acute-kidney-injury)
