package org.auscult.serving;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops asking a model that fails again and again, so that its callers need not wait for it, and
 * asks once more after a while. Each node has its own.
 *
 * <p>Threads: safe.
 */
public final class Breaker {
  private static final Logger LOG = LoggerFactory.getLogger(Breaker.class);

  private final int failures;
  private final Duration pause;
  private final InstantSource clock;
  private final Map<String, State> states = new ConcurrentHashMap<>();

  /**
   * @param failures how many in a row open it
   * @param pause for how long it stays open; then one run may try
   */
  public Breaker(int failures, Duration pause, InstantSource clock) {
    if (failures < 1) {
      throw new IllegalArgumentException("At least one failure opens a breaker");
    }
    this.failures = failures;
    this.pause = pause;
    this.clock = clock;
  }

  /**
   * @param row failures since the last success
   * @param next when a run may try again, if there were enough of them
   */
  private record State(int row, Instant next) {}

  /** Whether a model may be run now. Where it was open, only the first who asks may try. */
  boolean permits(String model) {
    State state = states.get(model);
    if (state == null || state.row() < failures) {
      return true;
    }
    Instant now = clock.instant();
    return !now.isBefore(state.next())
        && states.replace(model, state, new State(state.row(), now.plus(pause)));
  }

  void succeeded(String model) {
    State before = states.remove(model);
    if (before != null && before.row() >= failures) {
      LOG.info("Model {} runs again", model);
    }
  }

  void failed(String model) {
    State now =
        states.merge(
            model,
            new State(1, clock.instant().plus(pause)),
            (before, first) -> new State(before.row() + 1, first.next()));
    if (now.row() == failures) {
      LOG.error(
          "Model {} failed {} times in a row and is not asked for {}", model, failures, pause);
    }
  }
}
