package org.auscult.monitoring.adjudication;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** By which way a case is chosen, in the order in which they choose. */
public enum Way {
  /**
   * By chance alone, of all labels that say yes or no: what is told of label quality is of these.
   */
  RANDOM,
  /** By chance, of the labels that are censored, or were said otherwise before. */
  UNCERTAIN,
  /** Those labels first with which the model's score disagrees most: a rule is likeliest wrong. */
  INFORMATIVE;

  /** As plans spell it: {@code random}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The one with this code. */
  public static Optional<Way> of(String code) {
    return Arrays.stream(values()).filter(way -> way.code().equals(code)).findFirst();
  }
}
