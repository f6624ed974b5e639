package org.auscult.statistics.window;

import java.time.Instant;
import java.util.Optional;
import org.auscult.statistics.series.ErrorRateDrift;
import org.auscult.statistics.series.ErrorRateDrift.Decision;
import org.auscult.statistics.series.ErrorRateDrift.State;
import org.auscult.statistics.series.PageHinkley;

/**
 * When the errors, row after row in the order of time, first rose: of decisions by {@link
 * ErrorRateDrift}, of probabilities, squared, by {@link PageHinkley}.
 *
 * @param warning that of decisions warned; empty if never
 * @param drift that of decisions alarmed
 * @param rise that of probabilities alarmed
 */
public record ErrorStream(
    Optional<Instant> warning, Optional<Instant> drift, Optional<Instant> rise) {
  /** δ of Page's and Hinkley's test, in units of a squared error. */
  public static final double TOLERANCE = 0.005;

  /** λ of it, in the same. */
  public static final double THRESHOLD = 50;

  /** Of these rows, where a score of at least the threshold decides for the event. */
  public static ErrorStream of(TimedScores rows, double threshold) {
    Optional<Instant> warning = Optional.empty();
    Optional<Instant> drift = Optional.empty();
    Optional<Instant> rise = Optional.empty();
    ErrorRateDrift rate = ErrorRateDrift.start();
    PageHinkley mean = PageHinkley.start(TOLERANCE, THRESHOLD);
    for (int i = 0; i < rows.n(); i++) {
      boolean right = rows.score(i) >= threshold == rows.event(i);
      rate = rate.after(right ? Decision.RIGHT : Decision.WRONG);
      double off = rows.score(i) - (rows.event(i) ? 1 : 0);
      mean = mean.after(off * off);
      Instant at = rows.time(i);
      if (warning.isEmpty() && rate.state() != State.STABLE) {
        warning = Optional.of(at);
      }
      if (drift.isEmpty() && rate.state() == State.DRIFT) {
        drift = Optional.of(at);
      }
      if (rise.isEmpty() && mean.alarms()) {
        rise = Optional.of(at);
      }
    }
    return new ErrorStream(warning, drift, rise);
  }
}
