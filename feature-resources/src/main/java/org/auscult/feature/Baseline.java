package org.auscult.feature;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What the last value of a window is compared with: something of the values before it. */
public enum Baseline {
  FIRST,
  /** The one just before. */
  PREVIOUS,
  MIN,
  MAX,
  MEAN,
  MEDIAN;

  /** The code in FHIR: {@code previous}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Baseline> parse(String code) {
    return Arrays.stream(values()).filter(b -> b.code().equals(code)).findFirst();
  }

  /** Of the earlier values, in the order of time. */
  double of(Series earlier) {
    return switch (this) {
      case FIRST -> earlier.first();
      case PREVIOUS -> earlier.last();
      case MIN -> earlier.min();
      case MAX -> earlier.max();
      case MEAN -> earlier.mean();
      case MEDIAN -> earlier.median();
    };
  }
}
