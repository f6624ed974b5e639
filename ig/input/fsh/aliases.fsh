Alias: $LNC = http://loinc.org
Alias: $SCT = http://snomed.info/sct
Alias: $RXN = http://www.nlm.nih.gov/research/umls/rxnorm
Alias: $ICD = http://hl7.org/fhir/sid/icd-10-cm
Alias: $UCUM = http://unitsofmeasure.org
Alias: $AIRole = http://hl7.org/fhir/uv/aitransparency/CodeSystem/AIdeviceTypeCS
Alias: $ObsValue = http://terminology.hl7.org/CodeSystem/v3-ObservationValue
Alias: $LibraryType = http://terminology.hl7.org/CodeSystem/library-type
