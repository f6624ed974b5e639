package org.auscult.cds.caller;

import java.time.Duration;

/**
 * How much is read from a caller for one call.
 *
 * @param budget how long the whole may take
 * @param pages of one answer
 * @param bytes of all answers together
 * @param threads that read from one server at the same time, over all calls
 */
public record CallerLimits(Duration budget, int pages, int bytes, int threads) {
  public static final CallerLimits STANDARD =
      new CallerLimits(Duration.ofSeconds(2), 20, 10_000_000, 8);

  public CallerLimits {
    if (budget.isNegative() || budget.isZero() || pages < 1 || bytes < 1 || threads < 1) {
      throw new IllegalArgumentException("limits are positive");
    }
  }
}
