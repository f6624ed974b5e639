Profile: OutcomeDefinition
Parent: Library
Id: outcome-definition
Title: "Outcome definition"
Description: "What a model predicts: which event, over which horizon, of whom, and what proves that it did not happen. The same definition labels training data and what is monitored. Which facts are the event is said as in a feature definition, by dataRequirement and the extensions of features."
* insert Definitional
* type = $LibraryType#logic-library
* dataRequirement 0..1 MS
* extension contains
    OutcomeEvent named event 1..1 MS and
    OutcomeThreshold named threshold 0..1 MS and
    OutcomeConfirmedAfter named confirmedAfter 0..1 and
    OutcomeConfirmedWithin named confirmedWithin 0..1 and
    OutcomeMeasured named measured 0..1 and
    OutcomeExcept named except 0..* and
    OutcomeExceptValueSet named exceptValueSet 0..1 and
    OutcomeHorizon named horizon 0..1 MS and
    OutcomeHorizonFrom named horizonFrom 0..1 MS and
    OutcomeHorizonEncounter named horizonEncounter 0..* and
    OutcomeHorizonEnds named horizonEnds 0..1 and
    OutcomeBlanking named blanking 0..1 and
    OutcomeWashout named washout 0..1 and
    OutcomeFirstEver named firstEver 0..1 and
    OutcomeExclusion named exclusion 0..* and
    OutcomeRequirement named requirement 0..* and
    OutcomeCompeting named competing 0..* and
    OutcomeFollowUpEncounter named followUpEncounter 0..* and
    OutcomeFollowUpFeature named followUpFeature 0..* and
    OutcomeFollowUpTolerance named followUpTolerance 0..1 and
    FeatureExpression named expression 0..1 MS and
    FeaturePlausibleRange named plausibleRange 0..1 and
    FeatureTrueValues named trueValues 0..1 and
    FeatureFalseValues named falseValues 0..1 and
    FeatureTrueAbove named trueAbove 0..* and
    FeatureStatus named countingStatus 0..* and
    FeatureCategory named category 0..* and
    FeatureInterpretation named interpretation 0..* and
    FeatureEncounterClass named encounterClass 0..* and
    FeatureDisplay named display 0..* and
    FeatureWithModels named withModels 0..1
* obeys feature-code-whole and feature-value-set-pinned and outcome-reads-codes and outcome-horizon-length and outcome-horizon-classes and outcome-one-washout
