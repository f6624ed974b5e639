Extension: ModelDeviceStatus
Id: model-device-status
Title: "Device status"
Description: "Whether the model is a medical device where it is used, as its author thinks, and why. It is no finding of an authority."
Context: Library
* extension contains
    status 1..1 and
    rationale 1..1
* extension[status].value[x] only code
* extension[status].valueCode from ModelDeviceStatuses (required)
* extension[rationale].value[x] only string
