package org.auscult.server.simulation;

import org.auscult.timeline.Code;

/**
 * What is measured of a simulated patient. Of the bundled patients the latest value is taken; on
 * the first day in hospital it lies apart from that.
 */
enum Vital {
  CREATININE("creatinine", "2160-0", "Creatinine [Mass/volume] in Serum or Plasma", "mg/dL"),
  SODIUM("sodium_24h", "2951-2", "Sodium [Moles/volume] in Serum or Plasma", "mmol/L"),
  SYSTOLIC_PRESSURE("systolic_bp_12h", "8480-6", "Systolic blood pressure", "mm[Hg]"),
  PULSE("pulse_12h", "8867-4", "Heart rate", "/min"),
  RESPIRATORY_RATE("respiratory_rate_12h", "9279-1", "Respiratory rate", "/min");

  private final String feature;
  private final Code code;
  private final String display;
  private final String unit;

  Vital(String feature, String code, String display, String unit) {
    this.feature = feature;
    this.code = new Code("http://loinc.org", code);
    this.display = display;
    this.unit = unit;
  }

  /** The feature that reads it. */
  String feature() {
    return feature;
  }

  Code code() {
    return code;
  }

  String display() {
    return display;
  }

  /** UCUM, of the feature. */
  String unit() {
    return unit;
  }

  /** Whether a laboratory sends it. */
  boolean isOfLaboratory() {
    return this == CREATININE || this == SODIUM;
  }

  /**
   * A value of the first day in hospital.
   *
   * @param usual of a bundled patient
   * @param normal drawn from the standard normal distribution
   * @param isSicker whether the patient is one of those who come after the population has changed
   */
  double drawn(double usual, double normal, boolean isSicker) {
    double sick = isSicker ? 1 : 0;
    return switch (this) {
      case CREATININE ->
          rounded(within(usual * Math.exp(0.35 * normal + 0.2 * sick), 0.3, 12), 100);
      case SODIUM -> rounded(within(usual - 1 + 3.5 * normal - sick, 115, 160), 1);
      case SYSTOLIC_PRESSURE -> rounded(within(usual + 12 + 16 * normal, 70, 220), 1);
      case PULSE -> rounded(within(usual + 6 + 14 * normal + 4 * sick, 40, 180), 1);
      case RESPIRATORY_RATE -> rounded(within(usual + 3 + 3 * normal + sick, 8, 45), 1);
    };
  }

  private static double within(double value, double least, double most) {
    return Math.max(least, Math.min(most, value));
  }

  private static double rounded(double value, double steps) {
    return Math.rint(value * steps) / steps;
  }
}
