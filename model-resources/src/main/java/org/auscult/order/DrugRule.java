package org.auscult.order;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.auscult.timeline.Code;

/**
 * What is said of one ingredient.
 *
 * @param ingredient its RxNorm code
 * @param title for people: {@code metformin}
 * @param valueSet {@code url|version} of the codes by which an order of it is recognised
 * @param bands in rising order of their limits
 */
public record DrugRule(
    Code ingredient,
    String title,
    String valueSet,
    RenalMeasure measure,
    List<DoseBand> bands,
    RuleSource source) {
  public DrugRule {
    Objects.requireNonNull(ingredient);
    Objects.requireNonNull(title);
    Objects.requireNonNull(valueSet);
    Objects.requireNonNull(measure);
    Objects.requireNonNull(source);
    bands = List.copyOf(bands);
    if (bands.isEmpty()) {
      throw new IllegalArgumentException("A rule says something: " + title);
    }
    for (int i = 1; i < bands.size(); i++) {
      if (bands.get(i).limit() <= bands.get(i - 1).limit()) {
        throw new IllegalArgumentException("The limits do not rise: " + title);
      }
    }
  }

  /** The band of a number as shown; empty if the rule has nothing to say of it. */
  public Optional<DoseBand> band(int shown) {
    return bands.stream().filter(b -> b.holds(shown)).findFirst();
  }
}
