package org.auscult.server.feature;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.auscult.feature.fhir.ContextUrls;
import org.auscult.feature.fhir.FeatureUrls;
import org.auscult.feature.fhir.Problem;
import org.auscult.outcome.fhir.OutcomeUrls;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Library;

/**
 * Holds the codes of a definition to systems that are known: a misspelt system matches nothing, and
 * the feature would say of everybody that there is nothing.
 */
final class CodeSystems {
  /** Published by HL7, or named by it for others' systems. */
  private static final List<String> FAMILIES =
      List.of("http://hl7.org/fhir/", "http://terminology.hl7.org/", FeatureUrls.BASE + "/");

  /** The usual systems by the URLs that FHIR R4 gives them (section 4.3.0). */
  private static final Set<String> USUAL =
      Set.of(
          "http://loinc.org",
          "http://snomed.info/sct",
          "http://www.nlm.nih.gov/research/umls/rxnorm",
          "http://unitsofmeasure.org",
          "http://www.ama-assn.org/go/cpt",
          "http://www.whocc.no/atc",
          "http://fdasis.nlm.nih.gov",
          "http://ncimeta.nci.nih.gov",
          "http://dicom.nema.org/resources/ontology/DCM",
          "http://human-phenotype-ontology.org",
          "http://www.orpha.net",
          "http://www.cms.gov/Medicare/Coding/ICD10",
          "https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets",
          "urn:iso:std:iso:11073:10101",
          "urn:ietf:bcp:47",
          // Race and ethnicity, as the United States record them.
          "urn:oid:2.16.840.1.113883.6.238");

  private final StoredDefinitions stored;

  CodeSystems(StoredDefinitions stored) {
    this.stored = stored;
  }

  /** The systems of a definition that are neither usual nor loaded here. */
  List<Problem> unknown(Library definition) {
    Set<String> systems = new LinkedHashSet<>();
    definition
        .getDataRequirement()
        .forEach(
            requirement ->
                requirement.getCodeFilter().stream()
                    .flatMap(filter -> filter.getCode().stream())
                    .filter(Coding::hasSystem)
                    .forEach(coding -> systems.add(coding.getSystem())));
    List.of(
            FeatureUrls.ENCOUNTER_CLASS,
            FeatureUrls.SINCE_ENCOUNTER,
            FeatureUrls.CONTEXT,
            OutcomeUrls.EXCEPT,
            OutcomeUrls.HORIZON_ENCOUNTER,
            OutcomeUrls.FOLLOW_UP_ENCOUNTER)
        .stream()
        .flatMap(url -> definition.getExtensionsByUrl(url).stream())
        .forEach(extension -> addSystem(extension, systems));
    List.of(ContextUrls.RECORDED, ContextUrls.FACT, ContextUrls.TIME).stream()
        .flatMap(url -> definition.getExtensionsByUrl(url).stream())
        .flatMap(condition -> condition.getExtension().stream())
        .forEach(part -> addSystem(part, systems));
    return systems.stream()
        .filter(system -> !isKnown(system))
        .map(
            system ->
                new Problem(
                    "Library.dataRequirement.codeFilter.code",
                    "the code system " + system + " is not known here",
                    "Correct it, or load a CodeSystem of this url; one without content will do."))
        .toList();
  }

  private static void addSystem(Extension extension, Set<String> systems) {
    if (extension.getValue() instanceof Coding coding && coding.hasSystem()) {
      systems.add(coding.getSystem());
    }
  }

  private boolean isKnown(String system) {
    return USUAL.contains(system)
        || FAMILIES.stream().anyMatch(system::startsWith)
        || stored.hasCodeSystem(system);
  }
}
