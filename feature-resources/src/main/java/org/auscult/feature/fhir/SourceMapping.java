package org.auscult.feature.fhir;

import java.util.List;
import java.util.Objects;
import org.auscult.feature.Translation.Pair;
import org.auscult.feature.Translation.UnitRule;

/**
 * What one ConceptMap says that counts.
 *
 * @param url canonical without version
 * @param pairs which recorded codes count as which others
 * @param units what recorded units mean
 */
public record SourceMapping(String url, String version, List<Pair> pairs, List<UnitRule> units) {
  public SourceMapping {
    Objects.requireNonNull(url);
    Objects.requireNonNull(version);
    pairs = List.copyOf(pairs);
    units = List.copyOf(units);
  }
}
