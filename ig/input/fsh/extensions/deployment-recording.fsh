Extension: DeploymentRecording
Id: deployment-recording
Title: "Recording at the caller"
Description: "Whether callers that take system actions are asked to keep results in their own record. Without it: never."
Context: PlanDefinition
* value[x] only code
* value[x] 1..1
* valueCode from RecordingCodes (required)
