package org.auscult.server.performance;

import org.auscult.monitoring.performance.Standing;
import org.jspecify.annotations.Nullable;

/** Reads from an outcome's case how its prediction stands. */
public final class Standings {
  private static final String HORIZON_OPEN = "horizon-open";

  private Standings() {}

  /**
   * How it stands.
   *
   * @param stands of the case; null if nobody has looked yet
   * @param outcome of the case; null if there is no case
   */
  public static Standing of(@Nullable String stands, @Nullable String outcome) {
    if (outcome == null) {
      return Standing.NOT_OBSERVED;
    }
    if (stands == null || stands.equals(HORIZON_OPEN)) {
      return Standing.PENDING;
    }
    int bar = stands.indexOf('|');
    return Standing.of(bar < 0 ? stands : stands.substring(0, bar));
  }
}
