package org.auscult.feature;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a feature's value is made of the facts in its window. */
public enum Operator {
  /** The value last measured. */
  LATEST,
  /** The value first measured in the window. */
  FIRST,
  MIN,
  MAX,
  /** Arithmetic mean. */
  MEAN,
  /** How many facts; unit 1. */
  COUNT,
  /** 1 if there is any; 0 only after a complete search found none (safety rule 4). */
  EXISTS,
  /** Time since the last fact, in whole seconds, given in the definition's unit of time. */
  TIME_SINCE,
  /** Completed years since birth, unit a. */
  AGE,
  /** 1 female, 0 male (safety rule 7). */
  SEX;

  /** The code in FHIR: {@code time-since}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static Optional<Operator> parse(String code) {
    return Arrays.stream(values()).filter(o -> o.code().equals(code)).findFirst();
  }

  /** Whether the value is a number taken from the facts themselves. */
  public boolean isNumeric() {
    return switch (this) {
      case LATEST, FIRST, MIN, MAX, MEAN -> true;
      case COUNT, EXISTS, TIME_SINCE, AGE, SEX -> false;
    };
  }

  /** Whether it reads facts by the definition's codes, rather than the patient's own elements. */
  public boolean readsCodes() {
    return this != AGE && this != SEX;
  }
}
