ValueSet: FeatureOperatorValues
Id: feature-operator-values
Title: "Feature operators"
Description: "All operators."
* ^experimental = false
* include codes from system FeatureOperatorCodes

CodeSystem: ModelOutputKindCodes
Id: model-output-kind
Title: "Kinds of model output"
Description: "What a model's outputs are."
* insert OurCodes
* #probability "Probability" "A probability from 0 to 1; in R4's RiskAssessment in percent."
* #value "Value" "A value with a unit."
* #score "Score" "Points and their band: no probability."

ValueSet: ModelOutputKinds
Id: model-output-kinds
Title: "Kinds of model output"
Description: "All kinds."
* ^experimental = false
* include codes from system ModelOutputKindCodes

ValueSet: DeploymentModes
Id: deployment-modes
Title: "Modes of a deployment"
Description: "All modes."
* ^experimental = false
* include codes from system DeploymentModeCodes

ValueSet: FailureDisplays
Id: failure-displays
Title: "What a failure shows"
Description: "All of it."
* ^experimental = false
* include codes from system FailureDisplayCodes

ValueSet: ResultPlaces
Id: result-places
Title: "Places of a model's results"
Description: "All places."
* ^experimental = false
* include codes from system ResultPlaceCodes

ValueSet: WithheldReasons
Id: withheld-reasons
Title: "Reasons why a card was withheld"
Description: "All reasons."
* ^experimental = false
* include codes from system WithheldReasonCodes

ValueSet: RecordingCodes
Id: deployment-recordings
Title: "Recording at the caller"
Description: "All of it."
* ^experimental = false
* include codes from system DeploymentRecordingCodes

ValueSet: ModelSensitivities
Id: model-sensitivities
Title: "Kinds of sensitivity"
Description: "All kinds."
* ^experimental = false
* include codes from system ModelSensitivityCodes

ValueSet: ModelDeviceStatuses
Id: model-device-statuses
Title: "Device statuses"
Description: "All statuses."
* ^experimental = false
* include codes from system ModelDeviceStatusCodes

ValueSet: FeatureBaselineValues
Id: feature-baseline-values
Title: "Baselines"
Description: "All of them."
* ^experimental = false
* include codes from system FeatureBaselineCodes

ValueSet: FeatureDistinctValues
Id: feature-distinct-values
Title: "What makes facts different"
Description: "All of them."
* ^experimental = false
* include codes from system FeatureDistinctness

ValueSet: FeatureCalendarValues
Id: feature-calendar-values
Title: "Calendar windows"
Description: "All of them."
* ^experimental = false
* include codes from system FeatureCalendarCodes

ValueSet: FeatureWindowEndsValues
Id: feature-window-ends-values
Title: "Ends of a window"
Description: "All of them."
* ^experimental = false
* include codes from system FeatureWindowEndsCodes

ValueSet: ReferenceFlagValues
Id: reference-flag-values
Title: "Reference flags"
Description: "All flags."
* ^experimental = false
* include codes from system ReferenceFlagCodes
