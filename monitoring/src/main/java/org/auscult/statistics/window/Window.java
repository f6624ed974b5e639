package org.auscult.statistics.window;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.auscult.statistics.sample.LabelledScores;

/**
 * The rows of a time.
 *
 * @param from the first instant of it
 * @param until the first instant after it
 * @param scores of the rows, of which there may be none
 */
public record Window(Instant from, Instant until, LabelledScores scores) {
  /** There are no more windows than this. */
  public static final int MOST = 1_000;

  public Window {
    if (!from.isBefore(until)) {
      throw new IllegalArgumentException("A window ends after it begins");
    }
  }

  /**
   * Windows one after the other, from that of the first row to that of the last.
   *
   * @throws IllegalArgumentException if there are more than {@value #MOST}
   */
  public static List<Window> tumbling(TimedScores rows, Every every) {
    return sliding(rows, every, 1);
  }

  /**
   * Windows of so many spans each, of which one begins with every span from that of the first row
   * on, as long as it ends no later than the span of the last row; one window if there are not so
   * many spans.
   *
   * @throws IllegalArgumentException if there are more than {@value #MOST} spans
   */
  public static List<Window> sliding(TimedScores rows, Every every, int spans) {
    if (spans < 1) {
      throw new IllegalArgumentException("A window lasts a span at least");
    }
    List<Instant> starts = starts(rows, every);
    if (starts.size() > MOST) {
      throw new IllegalArgumentException("There are more than " + MOST + " windows");
    }
    List<Window> windows = new ArrayList<>();
    int last = Math.min(starts.size(), Math.max(1, starts.size() - spans + 1));
    for (Instant from : starts.subList(0, last)) {
      Instant until = every.after(from, spans);
      windows.add(new Window(from, until, rows.between(from, until)));
    }
    return List.copyOf(windows);
  }

  /** When the spans begin that these rows lie in, one more than may be at most. */
  private static List<Instant> starts(TimedScores rows, Every every) {
    return rows.n() == 0
        ? List.of()
        : every.starts(rows.time(0), rows.time(rows.n() - 1), MOST + 1);
  }

  /** Whether these rows make more windows than there may be. */
  public static boolean areTooMany(TimedScores rows, Every every) {
    return starts(rows, every).size() > MOST;
  }
}
