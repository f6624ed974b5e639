ValueSet: DriftCauseValues
Id: drift-cause
Title: "Causes of drift"
* ^experimental = false
* include codes from system DriftCauseCodes

ValueSet: DriftBandValues
Id: drift-band
Title: "Bands of drift"
* ^experimental = false
* include codes from system DriftBandCodes
