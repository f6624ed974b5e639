package org.auscult.outcome;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.auscult.feature.FeatureDefinition;
import org.auscult.feature.Operator;
import org.auscult.timeline.Code;
import org.jspecify.annotations.Nullable;

/**
 * What counts as the event. Which facts are meant, in which units and of which expression, is said
 * by a {@link FeatureDefinition}: there is no second language for that.
 */
public sealed interface EventRule {
  /** The patient dies. */
  record Death() implements EventRule {}

  /**
   * Something is recorded: a diagnosis, a procedure, an admission; the first one counts.
   *
   * @param facts a definition of the operator {@code exists}
   * @param except facts that bear one of these codes do not count, such as planned admissions
   * @param exceptValueSet further such codes, by {@code url|version}; null if none
   */
  record Occurrence(FeatureDefinition facts, Set<Code> except, @Nullable String exceptValueSet)
      implements EventRule {
    public Occurrence {
      except = Set.copyOf(except);
      if (facts.operator() != Operator.EXISTS) {
        throw new IllegalArgumentException("What occurs is read by exists");
      }
    }
  }

  /**
   * A value crosses a threshold: the first one that does so counts.
   *
   * @param values a definition of the operator {@code latest}, each of whose facts is read; or of
   *     {@code derived}, which is worked out anew whenever something changes
   * @param confirmation null if one value is enough
   * @param isMeasured whether only who was measured within the horizon can be without the event
   */
  record Crossing(
      FeatureDefinition values,
      Threshold threshold,
      @Nullable Confirmation confirmation,
      boolean isMeasured)
      implements EventRule {
    public Crossing {
      Objects.requireNonNull(threshold);
      if (values.operator() != Operator.LATEST && values.operator() != Operator.DERIVED) {
        throw new IllegalArgumentException("What is measured is read by latest or derived");
      }
    }
  }

  /** What says which facts are meant; null for a death. */
  default @Nullable FeatureDefinition feature() {
    if (this instanceof Occurrence occurrence) {
      return occurrence.facts();
    }
    return this instanceof Crossing crossing ? crossing.values() : null;
  }

  /** The codes of its definition, and the ValueSets, that take facts out again. */
  default List<Code> excepted() {
    return this instanceof Occurrence occurrence ? List.copyOf(occurrence.except()) : List.of();
  }
}
