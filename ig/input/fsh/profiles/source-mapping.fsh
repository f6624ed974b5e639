Profile: SourceMapping
Parent: ConceptMap
Id: source-mapping
Title: "Source mapping"
Description: "What a source's codes and units mean. While it is active, a recorded code of a group's source counts as its targets that are equal, equivalent, wider or subsume it, and a recorded code of the target as its sources that are equal or equivalent, or wider than it. Units as they were recorded are mapped in a group from the code system recorded-unit to UCUM; they hold for facts with a code of another group's source, or for all where there is no other group."
* insert Definitional
* group 1..* MS
* group.source 1..1
* group.target 1..1
* group.element.code 1..1
* group.element.target.dependsOn 0..0
* group.element.target.product 0..0
