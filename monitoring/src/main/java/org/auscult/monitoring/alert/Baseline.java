package org.auscult.monitoring.alert;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The windows of a series that later ones are held against. */
public sealed interface Baseline {
  /**
   * Those windows.
   *
   * @param counting windows that can be judged, in order
   * @return at least one; empty if they are not all there yet
   */
  Optional<List<FigurePoint>> of(List<FigurePoint> counting);

  /**
   * The first so many that can be judged.
   *
   * @param windows at least 1
   */
  record First(int windows) implements Baseline {
    public First {
      if (windows < 1) {
        throw new IllegalArgumentException("A reference has a window at least");
      }
    }

    @Override
    public Optional<List<FigurePoint>> of(List<FigurePoint> counting) {
      return counting.size() < windows
          ? Optional.empty()
          : Optional.of(counting.subList(0, windows));
    }
  }

  /**
   * Those that lie within a time.
   *
   * @param start inclusive
   * @param end exclusive
   */
  record Within(Instant start, Instant end) implements Baseline {
    public Within {
      if (!start.isBefore(end)) {
        throw new IllegalArgumentException("A reference ends after it begins");
      }
    }

    @Override
    public Optional<List<FigurePoint>> of(List<FigurePoint> counting) {
      List<FigurePoint> within =
          counting.stream()
              .filter(
                  point ->
                      !point.window().start().isBefore(start) && !point.window().end().isAfter(end))
              .toList();
      return within.isEmpty() ? Optional.empty() : Optional.of(within);
    }
  }
}
