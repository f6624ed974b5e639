CodeSystem: DriftCauseCodes
Id: drift-cause
Title: "Causes of drift"
Description: "Where the cause lies for which a feature drifted, as far as the record tells."
* insert OurCodes
* #unit "Unit" "What the feature lists comes in another unit."
* #code "Code" "It comes under another of the codes that the feature lists."
* #other-code "Other code" "It has become rare, and something like it comes under a code that the feature does not list."
* #site "Site" "It comes from another organization."
* #device "Device" "It is measured with something else."
* #method "Method" "It is measured in another way."
* #definition "Definition" "The definition means other codes than it did."
* #missing "Missing" "Values lack for another reason, and nothing else is known."

CodeSystem: DriftBandCodes
Id: drift-band
Title: "Bands of drift"
Description: "How far the population stability index has gone."
* insert OurCodes
* #stable "Stable" "Below 0.1."
* #warns "Warns" "From 0.1 on."
* #acts "Acts" "From 0.25 on."
