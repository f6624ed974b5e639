Instance: feature-kidney-transplantation
InstanceOf: FeatureDefinition
Usage: #definition
Title: "transplantation of a kidney"
Description: "The operation, whenever it was."
* name = "kidney_transplantation"
* insert Feature(feature-kidney-transplantation, "transplantation of a kidney", exists, 1)
* insert Reads(Procedure)
* insert ReadsValueSet(code, kidney-transplantation)
