Instance: outcome-potassium-above-6
InstanceOf: OutcomeDefinition
Usage: #definition
Title: "potassium above 6.0 mmol/L"
Description: "The first potassium in serum or plasma above 6.0 mmol/L within 7 days. Who had one in the day before is not asked about; who was never measured is censored."
* name = "potassium_above_6"
* insert Outcome(outcome-potassium-above-6, "potassium above 6.0 mmol/L", crossing)
* insert Reads(Observation)
* insert ReadsCode(0, $LNC#2823-3)
* insert Plausible(1, 15, mmol/L)
* extension[threshold].valueQuantity = 6.0 'mmol/L'
* extension[threshold].valueQuantity.comparator = #>
* extension[measured].valueBoolean = true
* extension[horizon].valueDuration = 7 'd'
* extension[washout].valueDuration = 1 'd'
* insert Source([["UK Kidney Association: Clinical Practice Guidelines, Treatment of Acute Hyperkalaemia in Adults, 2023: moderate from 6.0, severe from 6.5 mmol/L. Above 6.0 is a choice of this definition."]])
