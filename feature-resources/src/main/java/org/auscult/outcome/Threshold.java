package org.auscult.outcome;

import java.math.BigDecimal;
import java.util.Objects;
import org.auscult.timeline.Comparator;

/**
 * Which values are the event: those on one side of a bound, in the unit of the event's feature.
 *
 * @param comparator which side; not {@link Comparator#NONE}
 */
public record Threshold(Comparator comparator, BigDecimal bound) {
  /** Of yes and no, yes. */
  public static final Threshold TRUE = new Threshold(Comparator.GREATER, BigDecimal.ZERO);

  public Threshold {
    Objects.requireNonNull(bound);
    if (comparator == Comparator.NONE) {
      throw new IllegalArgumentException("A threshold says on which side the event lies");
    }
  }

  /** Whether a value is the event. */
  public boolean isCrossedBy(double value) {
    double limit = bound.doubleValue();
    return switch (comparator) {
      case LESS -> value < limit;
      case LESS_OR_EQUAL -> value <= limit;
      case GREATER_OR_EQUAL -> value >= limit;
      case GREATER -> value > limit;
      case NONE -> false;
    };
  }
}
