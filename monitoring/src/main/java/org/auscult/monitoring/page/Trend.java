package org.auscult.monitoring.page;

import java.util.List;
import java.util.Objects;
import org.auscult.monitoring.alert.FigurePoint;
import org.auscult.statistics.estimate.Interval;

/**
 * How a figure's last value stands to those of the windows before.
 *
 * @param points the last few windows, in the order of time
 */
record Trend(List<FigurePoint> points) {
  /** Windows that are looked at, with the last one. */
  static final int MOST = 6;

  Trend {
    points = List.copyOf(points.subList(Math.max(0, points.size() - MOST), points.size()));
  }

  /** In words; where the figure has no interval, it is not judged. */
  String words() {
    if (points.isEmpty()) {
      return "";
    }
    FigurePoint last = points.get(points.size() - 1);
    List<Double> before =
        points.subList(0, points.size() - 1).stream()
            .map(FigurePoint::value)
            .filter(Objects::nonNull)
            .toList();
    Interval interval = last.interval();
    if (last.value() == null || interval == null) {
      return "not judged";
    }
    if (before.isEmpty()) {
      return "nothing before";
    }
    double mean = before.stream().mapToDouble(value -> value).sum() / before.size();
    if (interval.upper() < mean) {
      return "lower than before";
    }
    return interval.lower() > mean ? "higher than before" : "as before";
  }
}
