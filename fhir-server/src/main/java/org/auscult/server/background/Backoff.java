package org.auscult.server.background;

import java.time.Duration;

/** How long what has failed is left alone: each pause is four times as long, up to an hour. */
public final class Backoff {
  private static final int MOST_DOUBLINGS = 12;

  private Backoff() {}

  /**
   * The pause before the next attempt.
   *
   * @param attempts that failed, at least 1
   */
  public static Duration after(int attempts) {
    return Duration.ofSeconds(1L << Math.min(2 * attempts, MOST_DOUBLINGS));
  }
}
