Instance: card-use
InstanceOf: Measure
Usage: #definition
Title: "Use of a deployment's cards"
Description: "What clinicians do with a deployment's cards."
* url = "https://auscult.org/fhir/Measure/card-use"
* version = "1.0.0"
* name = "CardUse"
* title = "Use of a deployment's cards"
* status = #active
* experimental = false
* description = "What clinicians do with a deployment's cards over a window: how often they are shown one, whether they answer and how, for which reasons they override, and whether their answers hang on the prediction being right. Of several answers to a card the last one counts."
