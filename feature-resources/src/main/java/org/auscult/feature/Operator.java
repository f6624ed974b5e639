package org.auscult.feature;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * How a feature's value is made of the facts in its window. The list is closed: what it does not
 * hold cannot be said in a definition.
 *
 * <p>{@code value} below is what a fact reads as, in the definition's value unit.
 */
public enum Operator {
  /** The value last measured. */
  LATEST(Reads.NUMBERS, Gives.VALUE),
  /** The value first measured in the window. */
  FIRST(Reads.NUMBERS, Gives.VALUE),
  /** The value measured n−1 before the last one; n is at least 2. */
  NTH_LATEST(Reads.NUMBERS, Gives.VALUE),
  MIN(Reads.NUMBERS, Gives.VALUE),
  MAX(Reads.NUMBERS, Gives.VALUE),
  /** Arithmetic mean. */
  MEAN(Reads.NUMBERS, Gives.VALUE),
  /** Middle value, or the mean of the two in the middle. */
  MEDIAN(Reads.NUMBERS, Gives.VALUE),
  /** Of a sample (n − 1); needs two values. */
  STANDARD_DEVIATION(Reads.NUMBERS, Gives.VALUE),
  /** Standard deviation over the mean's size; needs two values and a mean other than zero. */
  COEFFICIENT_OF_VARIATION(Reads.NUMBERS, Gives.SHARE),
  /** Root mean square of successive differences; needs two values. */
  SUCCESSIVE_DIFFERENCES(Reads.NUMBERS, Gives.VALUE),
  /** Mean size of successive differences (average real variability); needs two values. */
  AVERAGE_REAL_VARIABILITY(Reads.NUMBERS, Gives.VALUE),
  /** Of the least-squares line over time; needs values at two times. Unit: value over time. */
  SLOPE(Reads.NUMBERS, Gives.VALUE_PER_TIME),
  /** What the least-squares line says of the index time; needs values at two times. */
  INTERCEPT(Reads.NUMBERS, Gives.VALUE),
  /** The last value less the baseline; needs an earlier value. */
  DELTA(Reads.NUMBERS, Gives.VALUE),
  /** The same over the baseline's size; needs a baseline other than zero. */
  PERCENT_CHANGE(Reads.NUMBERS, Gives.SHARE),
  /** Mean over time; each value holds until the next, the last until the window's end. */
  TIME_WEIGHTED_MEAN(Reads.NUMBERS, Gives.VALUE),
  /** Share of the time since the first value of which the value that holds lies in the range. */
  TIME_IN_RANGE(Reads.NUMBERS, Gives.SHARE),
  /** How many facts; unit 1. Zero only after a complete search. */
  COUNT(Reads.FACTS, Gives.NUMBER),
  /** How many different codes, values, days or encounters; unit 1. */
  DISTINCT_COUNT(Reads.FACTS, Gives.NUMBER),
  /** How many facts for each unit of time of the window. */
  RATE(Reads.FACTS, Gives.PER_TIME),
  /** 1 if there is any; 0 only after a complete search found none (safety rule 4). */
  EXISTS(Reads.FACTS, Gives.NUMBER),
  /** Time since the last fact, to the millisecond, given in the definition's unit of time. */
  TIME_SINCE(Reads.FACTS, Gives.TIME),
  /** Time since the first fact of the window. */
  TIME_SINCE_FIRST(Reads.FACTS, Gives.TIME),
  /**
   * 1 if the last fact bears one of the filter's flags, 0 if it bears another, missing if its
   * record does not tell.
   */
  FLAGGED(Reads.FACTS, Gives.NUMBER),
  /** 1 if a state holds at the index time: an open problem, encounter, an active order. */
  ACTIVE(Reads.STATES, Gives.NUMBER),
  /** How long the state that holds at the index time has lasted; of several the last begun. */
  DURATION(Reads.STATES, Gives.TIME),
  /** Time of the window during which any such state held; overlapping states count once. */
  TOTAL_DURATION(Reads.STATES, Gives.TIME),
  /** Completed years since birth, unit a. */
  AGE(Reads.PERSON, Gives.NUMBER),
  /** 1 female, 0 male (safety rule 7). */
  SEX(Reads.PERSON, Gives.NUMBER),
  /** 1 if an element of the Patient is one of the definition's codes, 0 if it is another. */
  DEMOGRAPHIC(Reads.ELEMENT, Gives.NUMBER),
  /** What an expression makes of other features. */
  DERIVED(Reads.FEATURES, Gives.ANYTHING);

  /** What an operator looks at. */
  private enum Reads {
    NUMBERS,
    FACTS,
    STATES,
    PERSON,
    ELEMENT,
    FEATURES
  }

  /** What its result is. */
  enum Gives {
    /** In the value unit. */
    VALUE,
    VALUE_PER_TIME,
    /** Unit 1 or %. */
    SHARE,
    /** A bare number, unit 1 (age: a). */
    NUMBER,
    PER_TIME,
    TIME,
    ANYTHING
  }

  private final Reads reads;
  private final Gives gives;

  Operator(Reads reads, Gives gives) {
    this.reads = reads;
    this.gives = gives;
  }

  /** The code in FHIR: {@code time-since}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static Optional<Operator> parse(String code) {
    return Arrays.stream(values()).filter(o -> o.code().equals(code)).findFirst();
  }

  /** Whether the value is made of numbers taken from the facts themselves. */
  public boolean isNumeric() {
    return reads == Reads.NUMBERS;
  }

  /** Whether the definition names codes. */
  public boolean readsCodes() {
    return reads != Reads.PERSON && reads != Reads.FEATURES;
  }

  /** Whether it tells who the patient is, so that nothing may stand in for it. */
  public boolean isOfPerson() {
    return reads == Reads.PERSON || reads == Reads.ELEMENT;
  }

  /** Whether it asks what holds, rather than what happened. */
  public boolean readsStates() {
    return reads == Reads.STATES;
  }

  Gives gives() {
    return gives;
  }

  /** Whether the result bears the unit in which facts are read. */
  public boolean keepsUnit() {
    return gives == Gives.VALUE;
  }
}
