Instance: feature-pf-ratio
InstanceOf: FeatureDefinition
Usage: #definition
Title: "PaO2/FiO2"
Description: "Arterial oxygen pressure over the inhaled fraction of oxygen: 300 mm[Hg] and less is an impaired exchange of gas."
* name = "pf_ratio"
* insert Feature(feature-pf-ratio, "PaO2/FiO2", derived, mm[Hg])
* usage = "The Berlin definition asks for a positive end-expiratory pressure of 5 cm[H2O] or more, which is not looked at here. Only with a recorded concentration: a flow is not turned into one. Each input is its last value in its window: they need not be of one moment."
* relatedArtifact[0].type = #depends-on
* relatedArtifact[0].resource = "https://auscult.org/fhir/Library/feature-arterial-oxygen-12h|1.0.0"
* relatedArtifact[1].type = #depends-on
* relatedArtifact[1].resource = "https://auscult.org/fhir/Library/feature-inhaled-oxygen-12h|1.0.0"
* relatedArtifact[2].type = #citation
* relatedArtifact[2].citation = "Horovitz JH, Carrico CJ, Shires GT. Pulmonary response to major injury. Arch Surg 1974;108:349-355."
* relatedArtifact[3].type = #citation
* relatedArtifact[3].citation = "ARDS Definition Task Force. Acute respiratory distress syndrome: the Berlin definition. JAMA 2012;307:2526-2533."
* extension[expression].valueString = "arterial_oxygen_12h / (number(inhaled_oxygen_12h, '%') / 100)"
