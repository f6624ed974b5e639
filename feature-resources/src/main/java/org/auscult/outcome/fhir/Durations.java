package org.auscult.outcome.fhir;

import java.time.Instant;
import java.util.stream.Stream;
import org.auscult.feature.Lookback;

/** Compares stretches of time of the calendar. */
final class Durations {
  private Durations() {}

  /** Whether one is longer than the other whenever they begin: months are as long as they are. */
  static boolean isLonger(Lookback one, Lookback other) {
    return Stream.of("2024-01-31T12:00:00Z", "2023-02-01T12:00:00Z", "2023-07-01T12:00:00Z")
        .map(Instant::parse)
        .allMatch(start -> one.endAfter(start).isAfter(other.endAfter(start)));
  }
}
