Instance: context-glucose-meal
InstanceOf: ContextRule
Usage: #definition
Title: "glucose and meals"
Description: "A glucose that does not say how it stands to a meal is postprandial if the patient began a meal one to two hours before. That somebody fasted is never inferred: what was eaten is rarely all recorded."
* url = "https://auscult.org/fhir/Library/context-glucose-meal"
* version = "1.0.0"
* name = "glucose_and_meals"
* title = "glucose and meals"
* status = #active
* experimental = false
* type = $LibraryType#logic-library
* insert Reads(Observation)
* insert ReadsCode(0, $LNC#2345-7)
* insert ReadsCode(1, $LNC#14749-6)
* insert ReadsCode(2, $LNC#2339-0)
* insert ReadsCode(3, $LNC#15074-8)
* insert ReadsCode(4, $LNC#2340-8)
* insert ReadsCode(5, $LNC#41653-7)
* insert ReadsCode(6, $LNC#1558-6)
* insert ReadsCode(7, $LNC#14771-0)
* insert ReadsCode(8, $LNC#1521-4)
* extension[recorded][0].extension[context].valueCoding = $SCT#16985007 "Fasting"
* extension[recorded][0].extension[code][0].valueCoding = $LNC#1558-6
* extension[recorded][0].extension[code][1].valueCoding = $LNC#14771-0
* extension[recorded][0].extension[component].valueCoding = $LNC#49541-6
* extension[recorded][0].extension[answer][0].valueCoding = $LNC#LA33-6
* extension[recorded][0].extension[answer][1].valueCoding = http://terminology.hl7.org/CodeSystem/v2-0136#Y
* extension[recorded][1].extension[context].valueCoding = $SCT#24863003 "Postprandial"
* extension[recorded][1].extension[code].valueCoding = $LNC#1521-4
* extension[fact].extension[context].valueCoding = $SCT#24863003 "Postprandial"
* extension[fact].extension[type].valueCode = #Observation
* extension[fact].extension[code].valueCoding = $LNC#9059-7
* extension[fact].extension[least].valueDuration = 1 'h'
* extension[fact].extension[most].valueDuration = 2 'h'
* insert Source([["American Diabetes Association. Standards of Medical Care in Diabetes 2011. Diabetes Care 2011;34(Suppl 1):S11-S61, table 10: postprandial glucose measurements should be made 1-2 h after the beginning of the meal, generally peak levels in patients with diabetes. That a meal is known by a record of its carbohydrates (LOINC 9059-7) is a choice of this rule."]])
