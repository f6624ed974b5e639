Profile: ContextRule
Parent: Library
Id: context-rule
Title: "Context rule"
Description: "What a record leaves out of some facts, and from what it is inferred, with evidence: that a glucose was measured after a meal, say. In the order of their strength: what the record itself says, another fact at a stated distance, the local time of day. dataRequirement names the facts that it concerns; features name the rule as url|version."
* insert Definitional
* type = $LibraryType#logic-library
* dataRequirement 1..1 MS
* relatedArtifact 1..* MS
* extension contains
    ContextRecorded named recorded 0..* and
    ContextFact named fact 0..* MS and
    ContextTime named time 0..* MS and
    ContextZone named zone 0..1 and
    DefinitionReview named review 0..1 and
    FeatureExpansion named expansion 0..1
* obeys context-rule-condition and context-rule-evidence and context-rule-codes and feature-code-whole and feature-value-set-pinned
