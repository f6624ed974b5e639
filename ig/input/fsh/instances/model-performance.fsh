Instance: model-performance
InstanceOf: Measure
Usage: #definition
Title: "Performance of a model"
Description: "How a prediction model does: its scores held against what became of the patients."
* url = "https://auscult.org/fhir/Measure/model-performance"
* version = "1.0.0"
* name = "ModelPerformance"
* title = "Performance of a model"
* status = #active
* experimental = false
* description = "How a prediction model does over a window: discrimination, calibration and usefulness with labels, estimates before labels arrive, and gaps between groups. By default the first eligible prediction of each patient and episode counts; outside of any encounter the first in the window."
