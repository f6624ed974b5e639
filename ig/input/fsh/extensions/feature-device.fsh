Extension: FeatureDevice
Id: feature-device
Title: "Device"
Description: "Only facts of this device: a reference, an identifier or a type."
Context: Library
* value[x] only Coding
* value[x] 1..1
