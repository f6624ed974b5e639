package org.auscult.statistics.estimate;

import java.util.Optional;
import java.util.OptionalDouble;

/** A figure with all that is needed to judge it, or the reason why there is none. */
public sealed interface Estimate {
  /** What it is. */
  Definition definition();

  /** From how many rows. */
  long n();

  /** The value; empty if it could not be computed. */
  OptionalDouble optional();

  /** The interval; empty if none is defined, or none could be computed. */
  Optional<Interval> interval();

  /**
   * The value.
   *
   * @throws IllegalStateException if there is none, with the reason
   */
  double get();

  /**
   * A finite value.
   *
   * @param n rows that it was made of
   */
  record Known(Definition definition, long n, double value, Certainty certainty)
      implements Estimate {
    public Known {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException(definition.name() + " must be finite, not " + value);
      }
    }

    /** The same with an interval. */
    public Known with(Interval interval) {
      return new Known(
          definition, n, value, new Certainty(interval, certainty.pValue(), certainty.note()));
    }

    /** The same with the probability of so extreme a value under no difference. */
    public Known with(PValue pValue) {
      return new Known(
          definition, n, value, new Certainty(certainty.interval(), pValue, certainty.note()));
    }

    /** The same with a note, such as why there is no interval. */
    public Known noting(String note) {
      return new Known(
          definition, n, value, new Certainty(certainty.interval(), certainty.pValue(), note));
    }

    @Override
    public OptionalDouble optional() {
      return OptionalDouble.of(value);
    }

    @Override
    public Optional<Interval> interval() {
      return Optional.ofNullable(certainty.interval());
    }

    @Override
    public double get() {
      return value;
    }
  }

  /**
   * No value.
   *
   * @param n rows that there were
   * @param why for a person
   */
  record Unknown(Definition definition, long n, Reason reason, String why) implements Estimate {
    @Override
    public OptionalDouble optional() {
      return OptionalDouble.empty();
    }

    @Override
    public Optional<Interval> interval() {
      return Optional.empty();
    }

    @Override
    public double get() {
      throw new IllegalStateException(definition.name() + " is unknown: " + why);
    }
  }
}
