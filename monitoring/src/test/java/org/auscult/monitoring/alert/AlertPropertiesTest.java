package org.auscult.monitoring.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.auscult.statistics.estimate.Interval;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of any series. */
class AlertPropertiesTest {
  static IntStream seeds() {
    return IntStream.range(0, 300);
  }

  private static final Baseline FIRST = new Baseline.First(3);
  private static final Limits RANGE = new Limits(0.7, 0.9);

  private static List<AlertTest> tests(Compared compared) {
    return List.of(
        new AlertTest.Fixed(RANGE, compared),
        new AlertTest.Difference(new Limits(-0.1, 0.1), FIRST, compared),
        new AlertTest.Ratio(new Limits(0.9, 1.1), FIRST, compared),
        new AlertTest.Control(Side.EITHER, FIRST, compared),
        new AlertTest.Sums(Side.EITHER, FIRST));
  }

  private static boolean isBreached(AlertTest test, int consecutive, List<FigurePoint> points) {
    return Points.rule(test, consecutive).judge(Points.series(points)) instanceof Verdict.Breached;
  }

  /** The numbers of the windows of a verdict's run; none if it is no breach. */
  private static List<String> run(AlertTest test, List<FigurePoint> points) {
    return Points.rule(test, 1).judge(Points.series(points)) instanceof Verdict.Breached breached
        ? breached.run().stream().map(window -> window.point().reference()).toList()
        : List.of();
  }

  /** A slow and obvious way to the same. */
  @ParameterizedTest
  @MethodSource("seeds")
  void fixedLimitsAreWhatTheyAre(int seed) {
    List<FigurePoint> points = Points.random(seed);
    int consecutive = 1 + seed % 3;
    int inARow = 0;
    for (FigurePoint point : points) {
      if (point.value() != null && point.n() >= 50) {
        inARow = point.value() < 0.7 || point.value() > 0.9 ? inARow + 1 : 0;
      }
    }
    assertThat(isBreached(new AlertTest.Fixed(RANGE, Compared.POINT), consecutive, points))
        .isEqualTo(inARow >= consecutive);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theOrderInWhichReportsComeDoesNotMatter(int seed) {
    List<FigurePoint> points = Points.random(seed);
    List<FigurePoint> mixed = new ArrayList<>(points);
    Collections.shuffle(mixed, new Random(seed));
    for (AlertTest test : tests(Compared.POINT)) {
      assertThat(run(test, mixed)).isEqualTo(run(test, points));
    }
  }

  /** Of intervals that hold their value: who is sure to be out of order is so by the value too. */
  @ParameterizedTest
  @MethodSource("seeds")
  void aBreachByTheBoundIsOneByThePoint(int seed) {
    List<FigurePoint> points =
        Points.random(seed).stream().filter(point -> point.interval() != null).toList();
    for (int i = 0; i < 4; i++) {
      if (isBreached(tests(Compared.BOUND).get(i), 1, points)) {
        assertThat(isBreached(tests(Compared.POINT).get(i), 1, points)).isTrue();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whoAsksForMoreInARowFindsNoMore(int seed) {
    List<FigurePoint> points = Points.random(seed);
    for (AlertTest test : tests(Compared.POINT)) {
      if (isBreached(test, 2, points)) {
        assertThat(isBreached(test, 1, points)).isTrue();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void windowsThatCannotBeJudgedChangeNothing(int seed) {
    List<FigurePoint> points = Points.random(seed);
    List<FigurePoint> judged =
        points.stream().filter(point -> point.value() != null && point.n() >= 50).toList();
    for (AlertTest test : tests(Compared.POINT)) {
      assertThat(run(test, judged)).isEqualTo(run(test, points));
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aDifferenceDoesNotMindTheLevelNorARatioTheUnit(int seed) {
    List<FigurePoint> points = Points.random(seed);
    AlertTest difference = tests(Compared.POINT).get(1);
    assertThat(run(difference, mapped(points, x -> x + 8))).isEqualTo(run(difference, points));
    AlertTest ratio = tests(Compared.POINT).get(2);
    assertThat(run(ratio, mapped(points, x -> x * 4))).isEqualTo(run(ratio, points));
  }

  /** Doubling and adding 4 are exact enough; a sum that lands on 5 by chance is not among these. */
  @ParameterizedTest
  @MethodSource("seeds")
  void anomaliesDoNotMindUnitOrLevel(int seed) {
    List<FigurePoint> points = Points.random(seed);
    for (AlertTest test : tests(Compared.POINT).subList(3, 5)) {
      assertThat(run(test, mapped(points, x -> 2 * x + 4))).isEqualTo(run(test, points));
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatHappensLaterDoesNotChangeWhatWasJudged(int seed) {
    List<FigurePoint> points = Points.random(seed);
    for (AlertTest test : tests(Compared.POINT)) {
      List<FigurePoint> counting = Points.series(points).counting(50, Compared.POINT);
      List<JudgedWindow> all = test.judge(counting).orElse(List.of());
      for (int i = 1; i < counting.size(); i++) {
        List<JudgedWindow> then = test.judge(counting.subList(0, i)).orElse(List.of());
        assertThat(all.subList(0, Math.min(all.size(), then.size()))).isEqualTo(then);
      }
    }
  }

  private static List<FigurePoint> mapped(List<FigurePoint> points, DoubleUnaryOperator by) {
    return points.stream().map(point -> mapped(point, by)).toList();
  }

  private static FigurePoint mapped(FigurePoint point, DoubleUnaryOperator by) {
    Double value = point.value();
    Interval interval = point.interval();
    return new FigurePoint(
        point.window(),
        point.reference(),
        value == null ? null : (Double) by.applyAsDouble(value),
        interval == null
            ? null
            : Interval.of(
                by.applyAsDouble(interval.lower()), by.applyAsDouble(interval.upper()), "test"),
        point.n(),
        List.of());
  }
}
