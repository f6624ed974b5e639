package org.auscult.cds.fhir;

import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.auscult.feature.PrefetchTemplate;
import org.auscult.feature.PrefetchTemplates;
import org.auscult.feature.ResolvedFeatureSet;
import org.auscult.timeline.Code;
import org.auscult.timeline.ResourceKind;

/**
 * What a service asks its callers to send along.
 *
 * @param codes by kind: what its features read
 * @param narrow keys whose query may leave something out: no answer to them proves an absence
 *     (safety rule 4)
 */
public record Asked(
    List<PrefetchTemplate> templates, Map<ResourceKind, Set<Code>> codes, Set<String> narrow) {
  public Asked {
    templates = List.copyOf(templates);
    codes = Map.copyOf(codes);
    narrow = Set.copyOf(narrow);
  }

  /** What these feature sets need. */
  public static Asked from(Collection<ResolvedFeatureSet> sets) {
    Map<ResourceKind, Set<Code>> codes = new EnumMap<>(ResourceKind.class);
    sets.stream()
        .flatMap(set -> set.needs().stream())
        .forEach(n -> codes.computeIfAbsent(n.kind(), k -> new HashSet<>()).addAll(n.codes()));
    return new Asked(PrefetchTemplates.from(sets), codes, Set.of());
  }

  /**
   * The same, asked for in other words: how one caller takes queries.
   *
   * @param narrow keys whose query may leave something out
   */
  public Asked rephrased(List<PrefetchTemplate> others, Set<String> narrow) {
    return new Asked(others, codes, narrow);
  }

  Optional<PrefetchTemplate> template(String key) {
    return templates.stream().filter(t -> t.key().equals(key)).findFirst();
  }

  Set<Code> codesOf(ResourceKind kind) {
    return codes.getOrDefault(kind, Set.of());
  }
}
