Instance: feature-supplemental-oxygen-12h
InstanceOf: FeatureDefinition
Usage: #definition
Title: "supplemental oxygen"
Description: "Oxygen or room air, as recorded in the last 12 hours: patient on oxygen yes or no, the inhaled flow, or the inhaled concentration. No record of oxygen is not room air: it is missing."
* name = "supplemental_oxygen_12h"
* insert Feature(feature-supplemental-oxygen-12h, "supplemental oxygen", latest, 1)
* insert Reads(Observation)
* insert ReadsCode(0, $SCT#371825009)
* insert ReadsCode(1, $LNC#3151-8)
* insert ReadsCode(2, $LNC#3150-6)
* insert Within(12, h)
* extension[trueValues].valueCanonical = "https://auscult.org/fhir/ValueSet/on-oxygen|1.0.0"
* extension[falseValues].valueCanonical = "https://auscult.org/fhir/ValueSet/on-room-air|1.0.0"
* extension[trueAbove][0].valueQuantity = 0 'L/min'
* extension[trueAbove][1].valueQuantity = 21 '%'
