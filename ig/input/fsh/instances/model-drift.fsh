Instance: model-drift
InstanceOf: Measure
Usage: #definition
Title: "Drift of a model's inputs"
Description: "Whether a prediction model is given what it was given in a reference window."
* url = "https://auscult.org/fhir/Measure/model-drift"
* version = "1.0.0"
* name = "ModelDrift"
* title = "Drift of a model's inputs"
* status = #active
* experimental = false
* description = "How the inputs and outputs of a prediction model over a window stand to a reference window: distances and tests of each, corrected for many tests, missing rates, a classifier of all inputs together, volume, and prevalence where there are labels. The first prediction of each patient in the window counts for whom the model is."
