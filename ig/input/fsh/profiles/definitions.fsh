RuleSet: Definitional
* url 1..1 MS
* url obeys url-plain
* version 1..1 MS
* name 1..1 MS
* status MS

Profile: FeatureDefinition
Parent: Library
Id: feature-definition
Title: "Feature definition"
Description: "What one feature is: which facts, over which window, made into which number of which unit. dataRequirement names the resource type and its codes."
* insert Definitional
* type = $LibraryType#logic-library
* dataRequirement 0..1 MS
* extension contains
    FeatureOperator named operator 1..1 MS and
    FeatureUnit named unit 1..1 MS and
    FeatureLookback named lookback 0..1 MS and
    FeaturePlausibleRange named plausibleRange 0..1 MS and
    FeatureReferenceRange named referenceRange 0..1 and
    DefinitionReview named review 0..1 and
    FeatureMissingDefault named missingDefault 0..1 and
    FeatureStatus named countingStatus 0..* and
    FeatureTrueValues named trueValues 0..1 and
    FeatureFalseValues named falseValues 0..1 and
    FeatureTrueAbove named trueAbove 0..* and
    FeatureValueUnit named valueUnit 0..1 and
    FeatureNth named nth 0..1 and
    FeatureRange named range 0..1 and
    FeatureBaseline named baseline 0..1 and
    FeatureDistinct named distinct 0..1 and
    FeatureExpression named expression 0..1 MS and
    FeatureSinceEncounter named sinceEncounter 0..* and
    FeatureSinceFeature named sinceFeature 0..1 and
    FeatureSinceCalendar named sinceCalendar 0..1 and
    FeatureWindowGap named windowGap 0..1 and
    FeatureWindowEnds named windowEnds 0..1 and
    FeatureCategory named category 0..* and
    FeatureInterpretation named interpretation 0..* and
    FeatureEncounterClass named encounterClass 0..* and
    FeatureDisplay named display 0..* and
    FeatureFlag named flag 0..* and
    FeatureLocation named location 0..* and
    FeaturePerformer named performer 0..* and
    FeatureBodySite named bodySite 0..* and
    FeatureMethod named method 0..* and
    FeatureDevice named device 0..* and
    FeatureContext named context 0..1 and
    FeatureContextRule named contextRule 0..1 and
    FeatureWithModels named withModels 0..1 and
    FeatureMissingCarry named missingCarry 0..1 and
    FeatureMissingRefuse named missingRefuse 0..1 and
    FeatureAnchor named anchor 0..1 and
    FeatureExpansion named expansion 0..1
* obeys feature-reads-codes and feature-reads-no-codes and feature-code-whole and feature-value-set-pinned and feature-number-observed and feature-anchor-of-age and feature-yes-with-no and feature-measured-with-coded and feature-unit-of-truth and feature-expression-of-derived and feature-one-beginning and feature-unit-of-age and feature-range-in-unit and feature-flags-of-flagged and feature-element-of-patient and feature-context-by-rule

Profile: FeatureSet
Parent: Library
Id: feature-set
Title: "Feature set"
Description: "Features in tensor order: each relatedArtifact of type composed-of names one by url|version."
* insert Definitional
* type = $LibraryType#asset-collection
* relatedArtifact 1..* MS
* relatedArtifact.resource 1..1
* extension contains DefinitionReview named review 0..1
* obeys set-has-members and set-members-pinned and set-members-distinct

Profile: PredictionModel
Parent: Library
Id: prediction-model
Title: "Prediction model"
Description: "One version of a model. relatedArtifact depends-on names its feature set, content the Binary with its ONNX file."
* insert Definitional
* title 1..1 MS
* type = $LibraryType#logic-library
* relatedArtifact 1..* MS
* content 0..1 MS
* usage MS
* usage ^short = "Intended use: for whom, by whom, for which decision"
* extension contains
    ModelDeviceStatus named deviceStatus 0..1 MS and
    ModelSensitiveUse named sensitiveUse 0..* MS and
    ModelOutputKind named outputKind 1..1 MS and
    ModelInput named input 1..* MS and
    ModelOutput named output 1..* MS and
    ModelEligibility named eligibility 0..* MS and
    ModelInputSpread named spread 0..1 MS and
    ModelArtifactSha256 named sha256 0..1 MS
* obeys model-one-set and model-set-pinned and model-active-file and model-active-hash and model-inputs-distinct and model-outputs-distinct and model-probability-horizon and model-probability-unit and model-value-alone and model-score-total and model-score-unit and model-bands-of-score and model-spread-of-inputs

Profile: Deployment
Parent: PlanDefinition
Id: deployment
Title: "Deployment"
Description: "One version of a CDS service: the hooks that trigger it, the models that it runs, how their results look on a card, when cards are shown, and what a failure shows."
* insert Definitional
* name MS
* title 1..1 MS
* description 1..1 MS
* usage MS
* type = http://terminology.hl7.org/CodeSystem/plan-definition-type#eca-rule
* extension contains
    DeploymentService named service 1..1 MS and
    DeploymentMode named mode 0..1 MS and
    DeploymentOnFailure named onFailure 1..1 MS and
    DeploymentOverrideReason named overrideReason 0..* and
    DeploymentDisplay named display 0..1 MS and
    DeploymentTimeBudget named timeBudget 0..1 and
    DeploymentRecording named recording 0..1 and
    DeploymentSuspends named suspends 0..1 and
    DeploymentSuspension named suspension 0..1
* action 1..1 MS
* action.trigger 1..* MS
* action.trigger.type = #named-event
* action.trigger.name 1..1
* action.action 1..* MS
* action.action.title 1..1
* action.action.description 1..1
* action.action.documentation 1..*
* action.action.extension contains
    DeploymentModel named model 0..1 MS and
    DeploymentFallback named fallback 0..1 and
    DeploymentPlace named place 0..1 and
    DeploymentOrderRules named orderRules 0..1 MS and
    DeploymentOutput named output 0..* MS
* action.action obeys runs-model-or-rules and models-have-outputs
