package org.auscult.cohort;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.auscult.feature.FeatureEvaluator;
import org.auscult.feature.FeatureValue;
import org.auscult.feature.FeatureValue.Present;
import org.auscult.feature.ResolvedFeature;
import org.auscult.feature.ResolvedFeatureSet;
import org.auscult.timeline.PatientSnapshot;
import org.auscult.timeline.TimelineQuery.Need;

/**
 * Who belongs to a cohort as of a time: for whom every criterion that includes holds, and none that
 * excludes. What is missing does not hold: who is not known to be of the cohort is not, and nobody
 * is excluded by what is not known.
 *
 * <p>Threads: immutable.
 *
 * @param all in the order in which they are looked at
 */
public record CohortCriteria(List<Criterion> all) {
  /** Everybody. */
  public static final CohortCriteria NONE = new CohortCriteria(List.of());

  /**
   * A feature and what its value must be.
   *
   * @param source the feature alone, as a set of one
   * @param excludes whether it keeps out for whom it holds
   * @param text for people
   */
  public record Criterion(ResolvedFeatureSet source, Wanted wanted, boolean excludes, String text) {
    public Criterion {
      Objects.requireNonNull(source);
      Objects.requireNonNull(wanted);
      Objects.requireNonNull(text);
    }

    public ResolvedFeature feature() {
      return source.features().get(0);
    }

    /** Whether it lets in whom one sees here. */
    boolean admits(FeatureEvaluator evaluator, PatientSnapshot snapshot) {
      FeatureValue value = evaluator.evaluate(source, snapshot).entries().get(0).value();
      boolean holds = value instanceof Present present && wanted.admits(present.value());
      return holds != excludes;
    }
  }

  public CohortCriteria {
    all = List.copyOf(all);
  }

  public boolean isEmpty() {
    return all.isEmpty();
  }

  /** Where the first criterion stands that keeps one out, as of a time; empty for a member. */
  public OptionalInt unmet(FeatureEvaluator evaluator, PatientSnapshot snapshot) {
    for (int i = 0; i < all.size(); i++) {
      if (!all.get(i).admits(evaluator, snapshot)) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  /** What to read of a timeline. */
  public List<Need> needs() {
    List<Need> needs = new ArrayList<>();
    all.forEach(criterion -> needs.addAll(criterion.source().needs()));
    return needs;
  }
}
