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
 * @param harmless issues of OperationOutcomes among the answers, {@code code} or {@code
 *     system|code}, that leave an answer complete, because the site says so of this caller
 */
public record Asked(
    List<PrefetchTemplate> templates,
    Map<ResourceKind, Set<Code>> codes,
    Set<String> narrow,
    Set<String> harmless) {
  public Asked {
    templates = List.copyOf(templates);
    codes = Map.copyOf(codes);
    narrow = Set.copyOf(narrow);
    harmless = Set.copyOf(harmless);
  }

  /** What these feature sets need. */
  public static Asked from(Collection<ResolvedFeatureSet> sets) {
    Map<ResourceKind, Set<Code>> codes = new EnumMap<>(ResourceKind.class);
    sets.stream()
        .flatMap(set -> set.needs().stream())
        .forEach(n -> codes.computeIfAbsent(n.kind(), k -> new HashSet<>()).addAll(n.codes()));
    return new Asked(PrefetchTemplates.from(sets), codes, Set.of(), Set.of());
  }

  /**
   * The same, asked for in other words: how one caller takes queries.
   *
   * @param narrow keys whose query may leave something out
   * @param harmless issues that leave an answer complete
   */
  public Asked rephrased(List<PrefetchTemplate> others, Set<String> narrow, Set<String> harmless) {
    return new Asked(others, codes, narrow, harmless);
  }

  Optional<PrefetchTemplate> template(String key) {
    return templates.stream().filter(t -> t.key().equals(key)).findFirst();
  }

  Set<Code> codesOf(ResourceKind kind) {
    return codes.getOrDefault(kind, Set.of());
  }
}
