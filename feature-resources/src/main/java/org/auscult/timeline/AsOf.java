package org.auscult.timeline;

import java.time.Instant;
import java.util.Objects;

/**
 * Which facts a reader may see: those effective by {@code at} and known by {@code known}, in the
 * version that was current then. Both ends are inclusive.
 */
public record AsOf(Instant at, Known known) {
  public AsOf {
    Objects.requireNonNull(at);
    Objects.requireNonNull(known);
  }

  /** Up to when the record may have learnt a fact: by clock for people, by epoch for proofs. */
  public sealed interface Known {
    /** Whether a row was what the record said. */
    boolean sees(Fact fact);

    /** Known by the clock: from ≤ instant &lt; until. */
    record ByClock(Instant instant) implements Known {
      public ByClock {
        Objects.requireNonNull(instant);
      }

      @Override
      public boolean sees(Fact fact) {
        Instant until = fact.known().until();
        return !fact.known().from().isAfter(instant) && (until == null || until.isAfter(instant));
      }
    }

    /** Known in the patient's epoch; exact also under concurrent writes. */
    record InEpoch(long epoch) implements Known {
      @Override
      public boolean sees(Fact fact) {
        return fact.epochs().contains(epoch);
      }
    }

    /** What the record says now: rows that nothing has closed. */
    record Current() implements Known {
      @Override
      public boolean sees(Fact fact) {
        return fact.known().until() == null;
      }
    }
  }

  /** What was true and known at one instant. */
  public static AsOf instant(Instant at) {
    return new AsOf(at, new Known.ByClock(at));
  }

  /** What the record says now of the time up to {@code at}. */
  public static AsOf current(Instant at) {
    return new AsOf(at, new Known.Current());
  }

  public static AsOf epoch(Instant at, long epoch) {
    return new AsOf(at, new Known.InEpoch(epoch));
  }
}
