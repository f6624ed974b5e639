package org.auscult.statistics.window;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.auscult.statistics.calibration.Brier;
import org.auscult.statistics.discrimination.Auroc;
import org.auscult.statistics.estimate.Estimate;
import org.auscult.statistics.fairness.SmallCells;
import org.auscult.statistics.sample.RunningScores;

/**
 * How a figure of the last so many rows went, row after row: where it was worst, and where it
 * ended. Told are stretches with more than ten rows of each class alone.
 *
 * @param worst empty if nothing may be told; the first of several
 * @param last that of the last rows that may be told
 */
public record Rolling(Optional<Point> worst, Optional<Point> last) {
  /** Fewer rows say too little of a model, and too much of each row. */
  public static final int FEWEST = 50;

  /**
   * One stretch.
   *
   * @param at the time of its last row
   */
  public record Point(Instant at, Estimate.Known figure) {}

  /**
   * The area under the ROC curve, and Brier's score, of each so many rows that follow on each
   * other.
   *
   * @param size {@value #FEWEST} to {@value RunningScores#MOST}
   * @return the area, of which the least is worst, and the score, of which the greatest is
   * @throws IllegalArgumentException if the size is outside
   */
  public static List<Rolling> of(TimedScores rows, int size) {
    if (size < FEWEST || size > RunningScores.MOST) {
      throw new IllegalArgumentException(
          "There are " + FEWEST + " to " + RunningScores.MOST + " rows, and not " + size);
    }
    Series area = new Series(Auroc::of, -1);
    Series brier = new Series(Brier::score, 1);
    RunningScores running = new RunningScores();
    for (int i = 0; i < rows.n(); i++) {
      if (i >= size) {
        running.remove(rows.score(i - size), rows.event(i - size));
      }
      running.add(rows.score(i), rows.event(i));
      boolean mayBeTold =
          running.n() == size
              && running.positives() > SmallCells.MOST_HIDDEN
              && running.negatives() > SmallCells.MOST_HIDDEN;
      if (mayBeTold) {
        area.take(rows.time(i), running);
        brier.take(rows.time(i), running);
      }
    }
    return List.of(area.told(), brier.told());
  }

  /** One figure on its way. */
  private static final class Series {
    private final Function<RunningScores, Estimate> figure;
    private final int sign;
    private Optional<Point> worst = Optional.empty();
    private Optional<Point> last = Optional.empty();

    Series(Function<RunningScores, Estimate> figure, int sign) {
      this.figure = figure;
      this.sign = sign;
    }

    void take(Instant at, RunningScores running) {
      if (figure.apply(running) instanceof Estimate.Known known) {
        last = Optional.of(new Point(at, known));
        if (worst.isEmpty() || sign * known.value() > sign * worst.get().figure().value()) {
          worst = last;
        }
      }
    }

    Rolling told() {
      return new Rolling(worst, last);
    }
  }
}
