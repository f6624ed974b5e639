package org.auscult.display;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * When a deployment is silent although it could speak. All but the ceiling go by patient and user,
 * and none of them holds back a card that is more urgent than what the user knows.
 *
 * @param unchanged for how long a card that says the same is not shown again; null: it is
 * @param quiet for how long after a card no other is shown; null: it is
 * @param snooze for how long after an override no card is shown; null: it is
 * @param ceiling calls with a card in a hundred at the most, over {@link #CEILING_WINDOW}; critical
 *     cards are counted and never held back; null for no ceiling
 */
public record DisplayRules(
    Audience audience,
    @Nullable Duration unchanged,
    @Nullable Duration quiet,
    @Nullable Duration snooze,
    @Nullable Integer ceiling) {
  /** Over which the rate is taken that the ceiling limits. */
  public static final Duration CEILING_WINDOW = Duration.ofDays(7);

  /** Shows everything to everybody, each time. */
  public static final DisplayRules NONE = new DisplayRules(Audience.ALL, null, null, null, null);

  public DisplayRules {
    Objects.requireNonNull(audience);
    for (Duration duration : durations(unchanged, quiet, snooze)) {
      if (duration.isNegative() || duration.isZero()) {
        throw new IllegalArgumentException("A time of silence is above zero: " + duration);
      }
    }
    if (ceiling != null && (ceiling < 1 || ceiling > 100)) {
      throw new IllegalArgumentException("A ceiling is 1 to 100 calls in a hundred: " + ceiling);
    }
  }

  /** How far back the cards of a user must be known; zero if they need not be. */
  public Duration memory() {
    return durations(unchanged, quiet, snooze).stream()
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  /** Whether it must be kept what was shown. */
  public boolean needsHistory() {
    return !memory().isZero() || ceiling != null;
  }

  private static List<Duration> durations(@Nullable Duration... durations) {
    return Stream.of(durations).filter(Objects::nonNull).toList();
  }
}
