package org.auscult.feature;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.auscult.feature.FeatureValue.Missing;
import org.auscult.feature.FeatureValue.Origin;
import org.auscult.feature.FeatureValue.Present;
import org.auscult.timeline.EffectiveTime.Precision;
import org.auscult.timeline.Fact;
import org.auscult.timeline.Medications;
import org.auscult.timeline.ResourceKind;
import org.jspecify.annotations.Nullable;

/** Values with the evidence that they were made of. */
final class Values {
  private Values() {}

  /** Made of these facts, the last of which dates it. */
  static Present present(double value, String unit, List<ReadFact> facts, @Nullable String text) {
    return new Present(
        value,
        unit,
        text,
        references(facts),
        facts.isEmpty() ? null : when(facts.get(facts.size() - 1).fact()),
        facts.isEmpty() ? null : latestKnown(facts),
        Origin.RECORD);
  }

  /** Each once: several facts of one resource have the same. */
  private static List<String> references(List<ReadFact> facts) {
    if (facts.size() == 1) {
      return List.of(facts.get(0).reference());
    }
    Set<String> references = new LinkedHashSet<>();
    for (ReadFact fact : facts) {
      references.add(fact.reference());
    }
    return List.copyOf(references);
  }

  /** The same, said to be of before the window. */
  static Present carried(Present present) {
    return new Present(
        present.value(),
        present.unit(),
        present.text(),
        present.evidence(),
        present.effective(),
        present.known(),
        Origin.CARRIED);
  }

  /**
   * Made of other features' values: on all of their evidence, as late as the latest. Its text says
   * which of them the record did not give for their windows.
   *
   * @param values by name
   */
  static Present derived(
      double value, FeatureDefinition definition, Map<String, FeatureValue> values) {
    Set<String> evidence = new LinkedHashSet<>();
    Set<String> filledIn = new LinkedHashSet<>();
    Instant effective = null;
    Instant known = null;
    for (String name : definition.dependencies()) {
      if (values.get(name) instanceof Present input) {
        evidence.addAll(input.evidence());
        switch (input.origin()) {
          case DEFAULT -> filledIn.add(name + " by default (" + input.text() + ")");
          case CARRIED -> filledIn.add(name + " carried forward");
          case DERIVED -> Optional.ofNullable(input.text()).ifPresent(filledIn::add);
          case RECORD -> {
            // As the record says.
          }
        }
        effective = later(effective, input.effective());
        known = later(known, input.known());
      }
    }
    return new Present(
        value,
        definition.unit(),
        filledIn.isEmpty() ? null : String.join("; ", filledIn),
        List.copyOf(evidence),
        effective,
        known,
        Origin.DERIVED);
  }

  static @Nullable Instant later(@Nullable Instant a, @Nullable Instant b) {
    return a == null || (b != null && b.isAfter(a)) ? b : a;
  }

  static Missing incomplete(ResourceKind kind) {
    return new Missing(
        MissingReason.SEARCH_INCOMPLETE,
        Medications.isKind(kind)
            ? "not every " + kind.fhirType() + " was found with its medication"
            : "the search for " + kind.fhirType() + " was not complete, so absence proves nothing");
  }

  static Missing undated() {
    return new Missing(MissingReason.AMBIGUOUS, "recorded without a date");
  }

  static boolean isUndated(Fact fact) {
    return fact.effective().precision() == Precision.UNDATED;
  }

  private static @Nullable Instant when(Fact fact) {
    return isUndated(fact) ? null : fact.effective().from();
  }

  private static Instant latestKnown(List<ReadFact> facts) {
    Instant latest = facts.get(0).fact().known().from();
    for (ReadFact fact : facts) {
      latest = Objects.requireNonNull(later(latest, fact.fact().known().from()));
    }
    return latest;
  }
}
