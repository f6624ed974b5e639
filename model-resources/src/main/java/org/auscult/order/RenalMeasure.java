package org.auscult.order;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.auscult.feature.Range;
import org.jspecify.annotations.Nullable;

/**
 * By which number of the kidneys a rule goes: the one that its source uses (safety rule 13).
 *
 * @param weight which weight Cockcroft–Gault takes; null for the others
 * @param usualBodyMassIndex for the indexed eGFR: outside of these kg/m2, ends included, body size
 *     is extreme, and what is held against the limits is the de-indexed eGFR, in mL/min; null for
 *     the others
 */
public record RenalMeasure(
    Kind kind, @Nullable BodyWeight weight, @Nullable Range usualBodyMassIndex) {
  public RenalMeasure {
    Objects.requireNonNull(kind);
    if ((kind == Kind.COCKCROFT_GAULT) != (weight != null)) {
      throw new IllegalArgumentException("A weight is stated for Cockcroft–Gault, and only there");
    }
    if ((kind == Kind.EGFR) != (usualBodyMassIndex != null)) {
      throw new IllegalArgumentException(
          "From which body size on eGFR is de-indexed is stated for eGFR, and only there");
    }
  }

  /** What is measured; {@code mL/min} and {@code mL/min/{1.73_m2}} are never equated. */
  public enum Kind {
    /** Creatinine clearance by Cockcroft–Gault. */
    COCKCROFT_GAULT("cockcroft-gault", "mL/min"),
    /** Estimated filtration rate by CKD-EPI 2021, for a body of 1.73 m2. */
    EGFR("egfr", "mL/min/{1.73_m2}"),
    /** The same for the patient's own body surface. */
    EGFR_DE_INDEXED("egfr-de-indexed", "mL/min");

    private final String code;
    private final String unit;

    Kind(String code, String unit) {
      this.code = code;
      this.unit = unit;
    }

    /** As in the guide's code system. */
    public String code() {
      return code;
    }

    /** UCUM. */
    public String unit() {
      return unit;
    }

    public static Optional<Kind> of(String code) {
      return Arrays.stream(values()).filter(k -> k.code.equals(code)).findFirst();
    }
  }

  /** Which weight a formula takes. */
  public enum BodyWeight {
    /** As measured. */
    ACTUAL("actual"),
    /** By Devine, from height and sex. */
    IDEAL("ideal"),
    /** Ideal, and four tenths of what the patient weighs more. */
    ADJUSTED("adjusted");

    private final String code;

    BodyWeight(String code) {
      this.code = code;
    }

    /** As in the guide's code system. */
    public String code() {
      return code;
    }

    public static Optional<BodyWeight> of(String code) {
      return Arrays.stream(values()).filter(w -> w.code.equals(code)).findFirst();
    }
  }
}
