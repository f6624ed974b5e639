package org.auscult.order;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.auscult.order.RenalMeasure.BodyWeight;
import org.auscult.order.RenalMeasure.Kind;
import org.jspecify.annotations.Nullable;

/**
 * One number of the kidneys, and what it was made of.
 *
 * @param weight which weight Cockcroft–Gault took; null for the others
 * @param value as computed or recorded, in the kind's unit
 * @param inputs what went in
 * @param effective when the creatinine or eGFR behind it was measured; null if that is not dated
 * @param fromModel canonical of the model that computed the eGFR behind it; null if it was
 *     recorded, or none is behind it
 */
public record RenalEstimate(
    Kind kind,
    @Nullable BodyWeight weight,
    double value,
    List<Input> inputs,
    @Nullable Instant effective,
    @Nullable String fromModel) {
  public RenalEstimate {
    Objects.requireNonNull(kind);
    inputs = List.copyOf(inputs);
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException("A rate of filtration lies above zero: " + value);
    }
  }

  /**
   * As shown and as held against limits: rounded down to a whole number, so that a number that is
   * shown as 30 never lies below 30.
   */
  public int shown() {
    return (int) Math.floor(value);
  }

  /** UCUM. */
  public String unit() {
    return kind.unit();
  }

  /** Versioned references of all that it was made of. */
  public List<String> evidence() {
    return inputs.stream().flatMap(i -> i.evidence().stream()).distinct().toList();
  }

  /**
   * One number that went in.
   *
   * @param feature its name
   * @param text for people; null if the number says it
   * @param effective null if not dated
   */
  public record Input(
      String feature,
      double value,
      String unit,
      @Nullable String text,
      List<String> evidence,
      @Nullable Instant effective) {
    public Input {
      Objects.requireNonNull(feature);
      Objects.requireNonNull(unit);
      evidence = List.copyOf(evidence);
    }
  }
}
