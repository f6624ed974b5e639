package org.auscult.monitoring.cause;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.auscult.feature.FeatureDefinition;
import org.auscult.feature.ResolvedFeature;
import org.auscult.feature.Window;
import org.auscult.timeline.Code;
import org.auscult.timeline.CodeFamilies;
import org.auscult.timeline.ResourceKind;
import org.jspecify.annotations.Nullable;

/**
 * A feature that reads facts of the record.
 *
 * @param codes that it reads, some of them families
 * @param window how far back
 * @param unit in which it reads numbers
 * @param expansion hash of what the definition means; empty if none was taken
 */
public record TracedFeature(
    String name,
    String title,
    ResourceKind kind,
    Set<Code> codes,
    Window window,
    String unit,
    String expansion) {
  /** Where a window has no length of its own. */
  private static final Duration FAR = Duration.ofDays(5 * 365);

  public TracedFeature {
    Objects.requireNonNull(name);
    Objects.requireNonNull(title);
    Objects.requireNonNull(kind);
    codes = Set.copyOf(codes);
    Objects.requireNonNull(window);
    Objects.requireNonNull(unit);
    Objects.requireNonNull(expansion);
  }

  /** One that reads codes; empty for those of the person, and for derived ones. */
  public static Optional<TracedFeature> from(ResolvedFeature feature) {
    FeatureDefinition definition = feature.definition();
    ResourceKind kind = definition.kind();
    if (kind == null) {
      return Optional.empty();
    }
    return Optional.of(
        new TracedFeature(
            definition.name(),
            definition.title(),
            kind,
            feature.codes(),
            definition.window(),
            definition.valueUnit(),
            Objects.requireNonNullElse(feature.terms().expansion(), "")));
  }

  /** By type of resource, how far back any of the features looks from a time; exclusive. */
  public static SortedMap<ResourceKind, Instant> starts(
      Instant at, Collection<TracedFeature> features) {
    SortedMap<ResourceKind, Instant> starts = new TreeMap<>();
    for (TracedFeature feature : features) {
      Instant start =
          feature.window().start() instanceof Window.Before before
              ? before.lookback().startBefore(at)
              : at.minus(FAR);
      starts.merge(feature.kind(), start, (a, b) -> a.isBefore(b) ? a : b);
    }
    return starts;
  }

  /** Whether it lists what a fact is about. */
  boolean lists(SeenFact fact) {
    return fact.kind() == kind && CodeFamilies.holdsAny(codes, List.of(fact.code()));
  }

  /** What it is read from at a time: the latest fact that it lists, within its look-back. */
  @Nullable SeenFact evidence(Instant at, List<SeenFact> facts) {
    return facts.stream()
        .filter(this::lists)
        .filter(fact -> isWithin(at, fact))
        .max(
            Comparator.comparing(SeenFact::effective)
                .thenComparing(SeenFact::known)
                .thenComparing(fact -> fact.code().toString())
                .thenComparing(SeenFact::unit))
        .orElse(null);
  }

  /** Whether a fact lies within its look-back; other windows than that are taken for open. */
  boolean isWithin(Instant at, SeenFact fact) {
    return !(window.start() instanceof Window.Before before)
        || fact.effective().isAfter(before.lookback().startBefore(at));
  }
}
