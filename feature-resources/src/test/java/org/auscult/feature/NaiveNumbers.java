package org.auscult.feature;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/** Slow and obvious arithmetic over values and their times. Shares no code with the evaluator. */
final class NaiveNumbers {
  private NaiveNumbers() {}

  /** A value and when it was seen. */
  record Point(Instant time, double value) {}

  /** Of points in the order of time; a number as text, or {@code ?reason}. */
  static String of(FeatureDefinition d, List<Point> points, Instant at, Instant end) {
    int n = points.size();
    double sum = 0;
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (Point p : points) {
      sum += p.value();
      min = Math.min(min, p.value());
      max = Math.max(max, p.value());
    }
    double mean = sum / n;
    return switch (d.operator()) {
      case MIN -> text(min);
      case MAX -> text(max);
      case MEAN -> text(mean);
      case MEDIAN -> text(median(points));
      case STANDARD_DEVIATION -> n < 2 ? "?too-few" : text(deviation(points, mean));
      case COEFFICIENT_OF_VARIATION ->
          n < 2 ? "?too-few" : text(100 * deviation(points, mean) / Math.abs(mean));
      case SUCCESSIVE_DIFFERENCES, AVERAGE_REAL_VARIABILITY ->
          n < 2 ? "?too-few" : successive(d.operator(), points);
      case SLOPE, INTERCEPT -> n < 2 ? "?too-few" : line(d.operator(), points, at);
      case DELTA, PERCENT_CHANGE -> n < 2 ? "?too-few" : change(d, points);
      case TIME_WEIGHTED_MEAN, TIME_IN_RANGE -> overTime(d, points, end);
      default -> throw new IllegalArgumentException(d.operator().code());
    };
  }

  private static String text(double value) {
    return Double.isNaN(value) || Double.isInfinite(value) ? "?undefined" : String.valueOf(value);
  }

  private static double median(List<Point> points) {
    List<Double> sorted = new ArrayList<>();
    for (Point p : points) {
      sorted.add(p.value());
    }
    Collections.sort(sorted);
    while (sorted.size() > 2) {
      sorted.remove(sorted.size() - 1);
      sorted.remove(0);
    }
    return sorted.size() == 1 ? sorted.get(0) : (sorted.get(0) + sorted.get(1)) / 2;
  }

  private static double deviation(List<Point> points, double mean) {
    double squares = 0;
    for (Point p : points) {
      squares += Math.pow(p.value() - mean, 2);
    }
    return Math.sqrt(squares / (points.size() - 1));
  }

  private static String successive(Operator operator, List<Point> points) {
    double total = 0;
    for (int i = 1; i < points.size(); i++) {
      double step = points.get(i).value() - points.get(i - 1).value();
      total += operator == Operator.SUCCESSIVE_DIFFERENCES ? step * step : Math.abs(step);
    }
    double mean = total / (points.size() - 1);
    return text(operator == Operator.SUCCESSIVE_DIFFERENCES ? Math.sqrt(mean) : mean);
  }

  /** The normal equations, in days since the first point. */
  private static String line(Operator operator, List<Point> points, Instant at) {
    double n = points.size();
    double x = 0;
    double y = 0;
    double xx = 0;
    double xy = 0;
    for (Point p : points) {
      double day = days(points.get(0).time(), p.time());
      x += day;
      y += p.value();
      xx += day * day;
      xy += day * p.value();
    }
    double below = n * xx - x * x;
    if (below == 0) {
      return "?undefined";
    }
    double slope = (n * xy - x * y) / below;
    double start = (y - slope * x) / n;
    return text(
        operator == Operator.SLOPE ? slope : start + slope * days(points.get(0).time(), at));
  }

  private static String change(FeatureDefinition d, List<Point> points) {
    Point last = points.get(points.size() - 1);
    List<Point> earlier = points.subList(0, points.size() - 1);
    double sum = 0;
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (Point p : earlier) {
      sum += p.value();
      min = Math.min(min, p.value());
      max = Math.max(max, p.value());
    }
    Baseline baseline = Objects.requireNonNull(d.arguments().baseline());
    double from =
        switch (baseline) {
          case FIRST -> earlier.get(0).value();
          case PREVIOUS -> earlier.get(earlier.size() - 1).value();
          case MIN -> min;
          case MAX -> max;
          case MEAN -> sum / earlier.size();
          case MEDIAN -> median(earlier);
        };
    double delta = last.value() - from;
    return text(d.operator() == Operator.DELTA ? delta : 100 * delta / Math.abs(from));
  }

  /** Each value holds until the next one, the last until the end. */
  private static String overTime(FeatureDefinition d, List<Point> points, Instant end) {
    double all = 0;
    double area = 0;
    double inside = 0;
    Range range = d.arguments().range();
    for (int i = 0; i < points.size(); i++) {
      double value = points.get(i).value();
      Instant next = i + 1 < points.size() ? points.get(i + 1).time() : end;
      double held = days(points.get(i).time(), next);
      all += held;
      area += held * value;
      if (range != null
          && value >= Objects.requireNonNull(range.low()).doubleValue()
          && value <= Objects.requireNonNull(range.high()).doubleValue()) {
        inside += held;
      }
    }
    if (d.operator() == Operator.TIME_IN_RANGE) {
      return all == 0 ? "?undefined" : text(inside / all);
    }
    return text(all == 0 ? points.get(points.size() - 1).value() : area / all);
  }

  private static double days(Instant from, Instant to) {
    return (to.toEpochMilli() - from.toEpochMilli()) / 86_400_000.0;
  }
}
