package org.auscult.monitoring.alert;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.auscult.monitoring.finding.FindingSeverity;
import org.auscult.monitoring.performance.ReportWindow;
import org.auscult.statistics.estimate.Interval;
import org.jspecify.annotations.Nullable;

/** Series of months, and rules about them. */
final class Points {
  static final AlertFigure AUROC = new AlertFigure("auroc", Set.of(), null);

  private Points() {}

  static ReportWindow month(int number) {
    return ReportWindow.endingWith(
        ReportWindow.Kind.MONTH, LocalDate.of(2020, 1, 1).plusMonths(number), ZoneOffset.UTC);
  }

  static Instant start(int number) {
    return month(number).start();
  }

  static FigurePoint point(int number, @Nullable Double value, double width, long n) {
    Interval interval =
        value == null || width < 0 ? null : Interval.of(value - width, value + width, "test");
    return new FigurePoint(month(number), "MeasureReport/" + number, value, interval, n, List.of());
  }

  /** Month after month, each with an interval of ± 0.05 and of 100 rows. */
  static FigureSeries of(double... values) {
    List<FigurePoint> points = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      points.add(point(i, values[i], 0.05, 100));
    }
    return series(points);
  }

  static FigureSeries series(List<FigurePoint> points) {
    return new FigureSeries(AUROC, List.of(), null, null, points);
  }

  /** Values around 0.8, some of which are unknown, of few rows, or without an interval. */
  static List<FigurePoint> random(int seed) {
    Random random = new Random(seed);
    List<FigurePoint> points = new ArrayList<>();
    int windows = 3 + random.nextInt(20);
    for (int i = 0; i < windows; i++) {
      Double value = random.nextInt(8) == 0 ? null : 0.8 + random.nextGaussian() / 10;
      double width = random.nextInt(6) == 0 ? -1 : random.nextDouble() / 10;
      points.add(point(i, value, width, random.nextInt(4) == 0 ? 20 : 200));
    }
    return points;
  }

  static AlertRule rule(AlertTest test, int consecutive) {
    return rule(test, 50, consecutive);
  }

  static AlertRule rule(AlertTest test, int minimum, int consecutive) {
    return new AlertRule(
        "https://example.org/rule|1",
        "AUROC",
        null,
        null,
        AUROC,
        ReportWindow.Kind.MONTH,
        null,
        test,
        minimum,
        consecutive,
        FindingSeverity.WARNING,
        null);
  }
}
