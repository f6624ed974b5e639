Instance: feature-shock-index
InstanceOf: FeatureDefinition
Usage: #definition
Title: "shock index"
Description: "Heart rate over systolic pressure: about 0.5 in health, 1 and more where circulation fails."
* name = "shock_index"
* insert Feature(feature-shock-index, "shock index", derived, 1)
* usage = "For adults. Each input is its last value in its window: they need not be of one moment."
* relatedArtifact[0].type = #depends-on
* relatedArtifact[0].resource = "https://auscult.org/fhir/Library/feature-pulse-12h|1.0.0"
* relatedArtifact[1].type = #depends-on
* relatedArtifact[1].resource = "https://auscult.org/fhir/Library/feature-systolic-bp-12h|1.0.0"
* relatedArtifact[2].type = #citation
* relatedArtifact[2].citation = "Allgöwer M, Burri C. Schockindex. Dtsch Med Wochenschr 1967;92:1947-1950."
* extension[expression].valueString = "number(pulse_12h, '/min') / number(systolic_bp_12h, 'mm[Hg]')"
