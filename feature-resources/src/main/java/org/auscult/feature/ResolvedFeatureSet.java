package org.auscult.feature;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.auscult.feature.expression.Formula;
import org.auscult.timeline.Code;
import org.auscult.timeline.Demographics;
import org.auscult.timeline.PatientSnapshot;
import org.auscult.timeline.ResourceKind;
import org.auscult.timeline.TimelineQuery.Need;
import org.jspecify.annotations.Nullable;

/**
 * A feature set with all of its definitions expanded, in an order in which each can be worked out.
 * Two are equal if their canonicals and definitions are.
 */
public final class ResolvedFeatureSet {
  private final String url;
  private final String version;
  private final String name;
  private final List<ResolvedFeature> features;
  private final List<ResolvedFeature> ordered;
  private final Map<String, Formula> formulas;
  private final List<Need> needs;
  private final List<String> canonicals;
  private volatile @Nullable Plans plans;

  /** In order of dependence, for one way to read numbers. */
  private record Plans(ValueReader reader, List<FeaturePlan> features) {}

  /**
   * @param features in tensor order
   *     <p>Errors: IllegalArgumentException if two have one name, if they hang on each other in a
   *     circle, or if an expression's units do not fit.
   */
  public ResolvedFeatureSet(
      String url, String version, String name, List<ResolvedFeature> features) {
    this.url = Objects.requireNonNull(url);
    this.version = Objects.requireNonNull(version);
    this.name = Objects.requireNonNull(name);
    this.features = List.copyOf(features);
    this.ordered = ordered(url, withInputs(this.features));
    this.formulas = formulas(ordered);
    this.needs = needs(ordered);
    this.canonicals = this.features.stream().map(f -> f.definition().canonical()).toList();
  }

  /**
   * One feature as a set of its own.
   *
   * <p>Errors: IllegalArgumentException if it hangs on others that are not at hand.
   */
  public static ResolvedFeatureSet alone(ResolvedFeature feature) {
    FeatureDefinition of = feature.definition();
    ResolvedFeatureSet set =
        new ResolvedFeatureSet(of.url(), of.version(), of.name(), List.of(feature));
    if (!set.strangers().isEmpty()) {
      throw new IllegalArgumentException(
          of.canonical() + " hangs on " + set.strangers() + ", which is not at hand");
    }
    return set;
  }

  /** Members, and behind them what they are made of without its being a member. */
  private static Collection<ResolvedFeature> withInputs(List<ResolvedFeature> features) {
    Map<String, ResolvedFeature> all = new LinkedHashMap<>();
    Deque<ResolvedFeature> next = new ArrayDeque<>(features);
    while (!next.isEmpty()) {
      ResolvedFeature feature = next.removeFirst();
      ResolvedFeature known = all.putIfAbsent(feature.definition().canonical(), feature);
      if (known == null) {
        next.addAll(feature.inputs());
      } else if (!known.definition().equals(feature.definition())) {
        throw new IllegalArgumentException(
            "There are two definitions of " + feature.definition().canonical());
      }
    }
    return all.values();
  }

  private static List<ResolvedFeature> ordered(String url, Collection<ResolvedFeature> all) {
    Map<String, ResolvedFeature> byName = new LinkedHashMap<>();
    for (ResolvedFeature feature : all) {
      if (byName.put(feature.definition().name(), feature) != null) {
        throw new IllegalArgumentException(
            "Feature set " + url + " names " + feature.definition().name() + " twice");
      }
    }
    Set<ResolvedFeature> ordered = new LinkedHashSet<>();
    byName.values().forEach(f -> place(f, byName, ordered, new LinkedHashSet<>()));
    return List.copyOf(ordered);
  }

  /** Puts what a feature hangs on before it; what is not there at all is missing when asked for. */
  private static void place(
      ResolvedFeature feature,
      Map<String, ResolvedFeature> byName,
      Set<ResolvedFeature> ordered,
      Set<String> above) {
    if (ordered.contains(feature)) {
      return;
    }
    String name = feature.definition().name();
    if (!above.add(name)) {
      throw new IllegalArgumentException(
          "These features hang on each other: " + String.join(" -> ", above) + " -> " + name);
    }
    for (String dependency : feature.definition().dependencies()) {
      ResolvedFeature other = byName.get(dependency);
      if (other != null) {
        place(other, byName, ordered, above);
      }
    }
    above.remove(name);
    ordered.add(feature);
  }

  private static Map<String, Formula> formulas(List<ResolvedFeature> ordered) {
    Map<String, String> units = new HashMap<>();
    ordered.forEach(f -> units.put(f.definition().name(), f.definition().unit()));
    Map<String, Formula> formulas = new HashMap<>();
    for (ResolvedFeature feature : ordered) {
      Derivation derivation = feature.definition().arguments().derivation();
      if (derivation != null) {
        var checked = Formula.check(derivation.expression(), units, feature.definition().unit());
        if (checked.formula() == null) {
          throw new IllegalArgumentException(
              feature.definition().name() + ": " + String.join(" ", checked.problems()));
        }
        formulas.put(feature.definition().name(), checked.orThrow());
      }
    }
    return formulas;
  }

  public String url() {
    return url;
  }

  public String version() {
    return version;
  }

  public String name() {
    return name;
  }

  /** The members, in tensor order. */
  public List<ResolvedFeature> features() {
    return features;
  }

  /** {@code url|version}. */
  public String canonical() {
    return url + "|" + version;
  }

  public Optional<ResolvedFeature> feature(String featureName) {
    return features.stream().filter(f -> f.definition().name().equals(featureName)).findFirst();
  }

  /**
   * A member and all on which it hangs: what it is made of, and the features at whose times its
   * window begins or its age is taken; theirs too. What is said of it is said of all of them.
   *
   * @return empty if there is no such member
   */
  public Set<ResolvedFeature> sources(String featureName) {
    Map<String, ResolvedFeature> byName = new HashMap<>();
    ordered.forEach(f -> byName.put(f.definition().name(), f));
    Set<ResolvedFeature> sources = new LinkedHashSet<>();
    Deque<ResolvedFeature> next = new ArrayDeque<>();
    feature(featureName).ifPresent(next::add);
    while (!next.isEmpty()) {
      ResolvedFeature feature = next.removeFirst();
      if (sources.add(feature)) {
        feature.definition().dependencies().stream()
            .map(byName::get)
            .filter(Objects::nonNull)
            .forEach(next::add);
      }
    }
    return sources;
  }

  /** Names on which a feature hangs and which nothing here has: what hangs on them is missing. */
  public Set<String> strangers() {
    Set<String> names = new LinkedHashSet<>();
    ordered.forEach(f -> names.addAll(f.definition().dependencies()));
    ordered.forEach(f -> names.remove(f.definition().name()));
    return names;
  }

  /** Members and their inputs, each after what it hangs on. */
  List<ResolvedFeature> inOrderOfDependence() {
    return ordered;
  }

  /** How each of these is worked out; settled once. */
  List<FeaturePlan> plans(ValueReader reader) {
    Plans known = plans;
    if (known == null || known.reader() != reader) {
      known = new Plans(reader, ordered.stream().map(f -> new FeaturePlan(f, reader)).toList());
      plans = known;
    }
    return known.features();
  }

  /**
   * The vector with these values.
   *
   * @param values of all members, by name
   */
  FeatureVector vector(PatientSnapshot snapshot, Map<String, FeatureValue> values) {
    List<FeatureVector.Entry> entries = new ArrayList<>(features.size());
    for (int i = 0; i < features.size(); i++) {
      FeatureDefinition definition = features.get(i).definition();
      entries.add(
          new FeatureVector.Entry(
              definition.name(),
              canonicals.get(i),
              definition.title(),
              Objects.requireNonNull(values.get(definition.name()))));
    }
    return new FeatureVector(
        canonical(), snapshot.patient(), snapshot.asOf(), snapshot.epoch(), entries);
  }

  /** Of a derived feature. */
  Formula formula(String featureName) {
    return Objects.requireNonNull(formulas.get(featureName), featureName);
  }

  /**
   * The members of a vector that refuse it: missing, and of a policy that has no vector without
   * them.
   */
  public List<FeatureVector.Entry> refusals(FeatureVector vector) {
    return vector.entries().stream()
        .filter(entry -> entry.value() instanceof FeatureValue.Missing)
        .filter(
            entry ->
                feature(entry.name()).filter(f -> f.definition().missing().refuses()).isPresent())
        .toList();
  }

  /**
   * What to read of a timeline for this set. Facts before the look-back window are asked for too:
   * that a value lies outside the window is another reason than that there is none. So are orders
   * of which nobody can tell the medication, and encounters where a window or a filter asks for
   * them.
   */
  public List<Need> needs() {
    return needs;
  }

  /** One for all codes that are asked for in one way. */
  private static List<Need> needs(List<ResolvedFeature> ordered) {
    Map<Need, Set<Code>> codes = new LinkedHashMap<>();
    List<Need> all = new ArrayList<>();
    all.add(
        new Need(
            ResourceKind.PATIENT,
            Set.of(
                Demographics.BIRTH_DATE,
                Demographics.GENDER,
                Demographics.BIRTH_SEX,
                Demographics.SEX_PARAMETER_FOR_CLINICAL_USE,
                Demographics.DECEASED,
                Demographics.INACTIVE),
            null));
    ordered.forEach(feature -> all.addAll(feature.needs()));
    for (Need need : all) {
      codes
          .computeIfAbsent(need.withCodes(Set.of()), n -> new LinkedHashSet<>())
          .addAll(need.codes());
    }
    return codes.entrySet().stream().map(e -> e.getKey().withCodes(e.getValue())).toList();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ResolvedFeatureSet set
        && set.canonical().equals(canonical())
        && set.features.equals(features);
  }

  @Override
  public int hashCode() {
    return Objects.hash(url, version);
  }

  @Override
  public String toString() {
    return canonical();
  }
}
