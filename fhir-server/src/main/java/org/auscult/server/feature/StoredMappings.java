package org.auscult.server.feature;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BinaryOperator;
import org.auscult.feature.Translation;
import org.auscult.feature.fhir.Parsed;
import org.auscult.feature.fhir.SourceMapping;
import org.auscult.feature.fhir.SourceMappings;
import org.hl7.fhir.r4.model.ConceptMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The mapping resources that count: active ConceptMaps of our profile. Of several active versions
 * of one url the one that was stored last counts, so that a new one takes over at once.
 */
final class StoredMappings {
  private static final Logger LOG = LoggerFactory.getLogger(StoredMappings.class);
  private static final BinaryOperator<ConceptMap> LAST =
      BinaryOperator.maxBy(
          Comparator.comparing((ConceptMap map) -> map.getMeta().getLastUpdated())
              .thenComparing(map -> map.getIdElement().getIdPart()));

  private final StoredDefinitions stored;

  StoredMappings(StoredDefinitions stored) {
    this.stored = stored;
  }

  /** What they say together. */
  Translation together() {
    Map<String, ConceptMap> byUrl = new HashMap<>();
    stored.activeConceptMaps().stream()
        .filter(SourceMappings::isOne)
        .forEach(map -> byUrl.merge(map.getUrl(), map, LAST));
    return SourceMappings.together(
        byUrl.values().stream()
            .sorted(Comparator.comparing(ConceptMap::getUrl))
            .map(SourceMappings::read)
            .filter(StoredMappings::isWhole)
            .map(Parsed::orThrow)
            .toList());
  }

  private static boolean isWhole(Parsed<SourceMapping> parsed) {
    if (parsed instanceof Parsed.Refused<SourceMapping> refused) {
      LOG.error("A stored mapping does not count: {}", refused.problems());
    }
    return parsed instanceof Parsed.Accepted<SourceMapping>;
  }
}
