Extension: ModelArtifactSha256
Id: model-artifact-sha256
Title: "SHA-256 of the ONNX file"
Description: "64 lower-case hexadecimal digits."
Context: Library
* obeys sha256-form
* value[x] only string
* value[x] 1..1
