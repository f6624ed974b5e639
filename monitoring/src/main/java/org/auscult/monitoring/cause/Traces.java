package org.auscult.monitoring.cause;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.auscult.timeline.Code;
import org.auscult.timeline.ResourceKind;

/**
 * What features were read from, and what else stood in the record beside it: how many of some rows
 * had it. It names nobody.
 *
 * @param rows how many were looked at
 * @param features those that read codes
 * @param codes all codes that the record held, of the kinds that these features read
 */
public record Traces(int rows, List<OfFeature> features, List<SeenCode> codes) {
  public Traces {
    features = List.copyOf(features);
    codes = List.copyOf(codes);
  }

  /**
   * One feature.
   *
   * @param expansion hash of what its definition meant; empty if none was taken
   * @param rows how many had something of what it lists, within its look-back
   * @param traits of the latest of that, each with how many rows
   */
  public record OfFeature(String name, String expansion, int rows, List<Counted> traits) {
    public OfFeature {
      Objects.requireNonNull(name);
      Objects.requireNonNull(expansion);
      traits = List.copyOf(traits);
    }

    int count(Trait trait) {
      return traits.stream()
          .filter(counted -> counted.trait().equals(trait))
          .mapToInt(Counted::rows)
          .sum();
    }

    /** What most rows had; empty if there are none. */
    Optional<Counted> usual(Trait.Kind kind) {
      return traits.stream()
          .filter(counted -> counted.trait().kind() == kind)
          .reduce((a, b) -> b.rows() > a.rows() ? b : a);
    }
  }

  /** So many rows had this. */
  public record Counted(Trait trait, int rows) {}

  /** So many rows had facts of this code; with the least of their texts. */
  public record SeenCode(ResourceKind kind, String system, String code, String display, int rows) {
    Code asCode() {
      return new Code(system, code);
    }
  }

  /** Of nothing. */
  public static Traces none() {
    return new Traces(0, List.of(), List.of());
  }

  /** Counts. */
  public static Traces of(List<TracedFeature> features, List<LookedRow> rows) {
    List<OfFeature> counted = new ArrayList<>();
    for (TracedFeature feature : features) {
      Map<Trait, Integer> traits = new TreeMap<>();
      int having = 0;
      for (LookedRow row : rows) {
        SeenFact evidence = feature.evidence(row.at(), row.facts());
        if (evidence != null) {
          having++;
          Trait.of(evidence).forEach(trait -> traits.merge(trait, 1, Integer::sum));
        }
      }
      counted.add(
          new OfFeature(
              feature.name(),
              feature.expansion(),
              having,
              traits.entrySet().stream()
                  .map(entry -> new Counted(entry.getKey(), entry.getValue()))
                  .toList()));
    }
    return new Traces(rows.size(), counted, codes(rows));
  }

  private record Key(ResourceKind kind, Code code) {}

  private static List<SeenCode> codes(List<LookedRow> rows) {
    Map<String, Key> order = new TreeMap<>();
    Map<Key, Integer> counts = new HashMap<>();
    Map<Key, String> displays = new HashMap<>();
    for (LookedRow row : rows) {
      Set<Key> once = new HashSet<>();
      for (SeenFact fact : row.facts()) {
        Key key = new Key(fact.kind(), fact.code());
        if (once.add(key)) {
          order.put(fact.kind() + " " + fact.code(), key);
          counts.merge(key, 1, Integer::sum);
        }
        displays.merge(key, fact.display(), Traces::least);
      }
    }
    return order.values().stream()
        .map(
            key ->
                new SeenCode(
                    key.kind(),
                    key.code().system(),
                    key.code().code(),
                    displays.getOrDefault(key, ""),
                    counts.getOrDefault(key, 0)))
        .toList();
  }

  /** The first of two by their order, an empty one last. */
  private static String least(String one, String other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.isEmpty() ? other : one;
    }
    return one.compareTo(other) <= 0 ? one : other;
  }

  /** A feature by its name. */
  Optional<OfFeature> feature(String name) {
    return features.stream().filter(of -> of.name().equals(name)).findFirst();
  }

  /** How many rows had facts of a code. */
  int count(ResourceKind kind, Code code) {
    return codes.stream()
        .filter(seen -> seen.kind() == kind && seen.asCode().equals(code))
        .mapToInt(SeenCode::rows)
        .sum();
  }
}
