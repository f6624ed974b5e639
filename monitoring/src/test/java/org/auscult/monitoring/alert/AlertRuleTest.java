package org.auscult.monitoring.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.auscult.monitoring.alert.Points.point;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.auscult.monitoring.finding.FindingSeverity;
import org.auscult.monitoring.performance.ReportWindow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What single rules say of single series, worked out by hand. */
class AlertRuleTest {
  private static final Limits AT_LEAST = new Limits(0.7, null);
  private static final AlertTest POINT = new AlertTest.Fixed(AT_LEAST, Compared.POINT);
  private static final AlertTest BOUND = new AlertTest.Fixed(AT_LEAST, Compared.BOUND);

  private static int run(Verdict verdict) {
    return verdict instanceof Verdict.Breached breached ? breached.run().size() : 0;
  }

  private static void inOrder(Verdict verdict) {
    assertThat(verdict).isInstanceOf(Verdict.InOrder.class);
  }

  private static void notJudged(Verdict verdict) {
    assertThat(verdict).isInstanceOf(Verdict.NotJudged.class);
  }

  @Test
  void theLastWindowDecides() {
    AlertRule rule = Points.rule(POINT, 1);
    assertThat(run(rule.judge(Points.of(0.8, 0.69)))).isEqualTo(1);
    assertThat(run(rule.judge(Points.of(0.6, 0.8, 0.65, 0.69)))).isEqualTo(2);
    inOrder(rule.judge(Points.of(0.69, 0.8)));
  }

  @Test
  void whatIsExactlyAtALimitIsInOrder() {
    inOrder(Points.rule(POINT, 1).judge(Points.of(0.7)));
    AlertTest most = new AlertTest.Fixed(new Limits(null, 0.7), Compared.POINT);
    inOrder(Points.rule(most, 1).judge(Points.of(0.7)));
    assertThat(run(Points.rule(most, 1).judge(Points.of(0.701)))).isEqualTo(1);
  }

  @Test
  void theEndOfTheIntervalThatIsNearerToOrderIsCompared() {
    AlertRule rule = Points.rule(BOUND, 1);
    inOrder(rule.judge(Points.of(0.66)));
    assertThat(run(rule.judge(Points.of(0.64)))).isEqualTo(1);
    AlertTest most = new AlertTest.Fixed(new Limits(null, 0.7), Compared.BOUND);
    inOrder(Points.rule(most, 1).judge(Points.of(0.74)));
    assertThat(run(Points.rule(most, 1).judge(Points.of(0.76)))).isEqualTo(1);
  }

  @Test
  void soManyInARowAreAskedFor() {
    AlertRule rule = Points.rule(POINT, 3);
    inOrder(rule.judge(Points.of(0.6, 0.6, 0.8, 0.6, 0.6)));
    assertThat(run(rule.judge(Points.of(0.8, 0.6, 0.6, 0.6)))).isEqualTo(3);
  }

  @Test
  void whatCannotBeJudgedIsPassedOver() {
    AlertRule rule = Points.rule(POINT, 2);
    List<FigurePoint> points = new ArrayList<>();
    points.add(point(0, 0.8, 0.05, 100));
    points.add(point(1, 0.6, 0.05, 100));
    points.add(point(2, null, 0.05, 100));
    points.add(point(3, 0.9, 0.05, 49));
    points.add(point(4, 0.6, 0.05, 50));
    assertThat(run(rule.judge(Points.series(points)))).isEqualTo(2);
    notJudged(rule.judge(Points.series(points.subList(2, 4))));
    notJudged(rule.judge(Points.of()));
  }

  @Test
  void withoutAnIntervalNothingIsSaidOfItsEnd() {
    FigureSeries bare = Points.series(List.of(point(0, 0.1, -1, 100)));
    notJudged(Points.rule(BOUND, 1).judge(bare));
    assertThat(run(Points.rule(POINT, 1).judge(bare))).isEqualTo(1);
  }

  @Test
  void aDifferenceIsFromTheMeanOfTheFirstWindows() {
    AlertTest test =
        new AlertTest.Difference(new Limits(-0.05, null), new Baseline.First(2), Compared.POINT);
    AlertRule rule = Points.rule(test, 1);
    notJudged(rule.judge(Points.of(0.8)));
    notJudged(rule.judge(Points.of(0.8, 0.9)));
    inOrder(rule.judge(Points.of(0.8, 0.9, 0.81)));
    assertThat(run(rule.judge(Points.of(0.8, 0.9, 0.79)))).isEqualTo(1);
  }

  @Test
  void aReferenceMayBeATime() {
    Baseline early = new Baseline.Within(Points.start(1), Points.start(3));
    AlertTest test = new AlertTest.Ratio(new Limits(0.9, 1.1), early, Compared.POINT);
    AlertRule rule = Points.rule(test, 1);
    notJudged(rule.judge(Points.of(0.5)));
    // The window before the reference is neither reference nor judged.
    inOrder(rule.judge(Points.of(0.1, 0.5, 0.5, 0.54)));
    assertThat(run(rule.judge(Points.of(0.1, 0.5, 0.5, 0.56)))).isEqualTo(1);
    assertThat(run(rule.judge(Points.of(0.1, 0.5, 0.5, 0.44)))).isEqualTo(1);
    notJudged(rule.judge(Points.of(0.5, -0.5, 0.5, 0.44)));
  }

  @Test
  void controlLimitsAreThreeDeviationsOfTheReference() {
    Baseline first = new Baseline.First(4);
    double[] reference = {0.78, 0.82, 0.78, 0.82};
    // Mean 0.8, deviation 0.0230940…: from 0.7307 to 0.8693.
    for (Side side : Side.values()) {
      AlertRule rule = Points.rule(new AlertTest.Control(side, first, Compared.POINT), 1);
      assertThat(run(rule.judge(and(reference, 0.7306)))).isEqualTo(side == Side.ABOVE ? 0 : 1);
      assertThat(run(rule.judge(and(reference, 0.8694)))).isEqualTo(side == Side.BELOW ? 0 : 1);
      inOrder(rule.judge(and(reference, 0.7308)));
      inOrder(rule.judge(and(reference, 0.8692)));
    }
    AlertRule rule = Points.rule(new AlertTest.Control(Side.EITHER, first, Compared.POINT), 1);
    notJudged(rule.judge(Points.of(0.8, 0.8, 0.8, 0.8, 0.1)));
  }

  /** A quarter of the rows has twice the error; more rows than usual change nothing. */
  @Test
  void limitsAreWiderWhereAWindowHasFewerRows() {
    // Mean 0.8, deviation 0.0230940…: of a quarter of the rows from 0.6614 to 0.9386.
    AlertTest test = new AlertTest.Control(Side.EITHER, new Baseline.First(4), Compared.POINT);
    AlertRule rule = Points.rule(test, 25, 1);
    inOrder(rule.judge(ending(0.6615, 25)));
    inOrder(rule.judge(ending(0.9385, 25)));
    assertThat(run(rule.judge(ending(0.6613, 25)))).isEqualTo(1);
    assertThat(run(rule.judge(ending(0.9387, 25)))).isEqualTo(1);
    assertThat(run(rule.judge(ending(0.7306, 400)))).isEqualTo(1);
    inOrder(rule.judge(ending(0.7308, 400)));
  }

  /** What would alarm at once with as many rows is 5.9 deviations of a hundredth of them. */
  @Test
  void sumsAddDeviationsOfAsManyRows() {
    AlertTest test = new AlertTest.Sums(Side.EITHER, new Baseline.First(4));
    AlertRule rule = Points.rule(test, 1, 1);
    double sigma = Math.sqrt(4 * 0.0004 / 3);
    double shifted = 0.8 + 5.9 * sigma;
    assertThat(run(rule.judge(ending(shifted, 100)))).isEqualTo(1);
    inOrder(rule.judge(ending(shifted, 1)));
    assertThat(run(rule.judge(ending(0.8 + 56 * sigma, 1)))).isEqualTo(1);
  }

  /**
   * Means of normal rows, six whole months and one of a tenth of their rows: with the limits of
   * whole months two of five alarm without anything having changed, with its own no more than a
   * whole month does.
   */
  @Test
  void aMonthThatHasJustBegunAlarmsNoMoreThanAWholeOne() {
    AlertTest test = new AlertTest.Control(Side.EITHER, new Baseline.First(6), Compared.POINT);
    AlertRule rule = Points.rule(test, 50, 1);
    Random random = new Random(20_261_122);
    int whole = 0;
    int begun = 0;
    int runs = 4_000;
    for (int i = 0; i < runs; i++) {
      List<FigurePoint> months = new ArrayList<>();
      for (int month = 0; month < 6; month++) {
        months.add(mean(random, month, 500));
      }
      whole += run(rule.judge(Points.series(and(months, mean(random, 6, 500)))));
      begun += run(rule.judge(Points.series(and(months, mean(random, 6, 50)))));
    }
    // Of six months' spread the chance is that of t with 5 degrees of freedom beyond 3 √(6/7).
    assertThat(whole / (double) runs).isBetween(0.03, 0.055);
    assertThat(begun / (double) runs).isBetween(0.02, 0.055);
  }

  private static FigurePoint mean(Random random, int month, int rows) {
    return Points.point(month, 0.2 + random.nextGaussian() / Math.sqrt(rows), -1, rows);
  }

  private static List<FigurePoint> and(List<FigurePoint> months, FigurePoint next) {
    List<FigurePoint> all = new ArrayList<>(months);
    all.add(next);
    return all;
  }

  /** Four months of 100 rows, and one that has others. */
  private static FigureSeries ending(double value, long rows) {
    List<FigurePoint> points = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      points.add(Points.point(i, i % 2 == 0 ? 0.78 : 0.82, 0.05, 100));
    }
    points.add(Points.point(4, value, 0.05, rows));
    return Points.series(points);
  }

  private static FigureSeries and(double[] reference, double... more) {
    double[] all = new double[reference.length + more.length];
    System.arraycopy(reference, 0, all, 0, reference.length);
    System.arraycopy(more, 0, all, reference.length, more.length);
    return Points.of(all);
  }

  /** Each shift of 2 σ adds 1.5: the fourth is beyond 5. */
  @Test
  void smallShiftsAddUp() {
    double[] reference = {0.79, 0.81, 0.79, 0.81};
    double sigma = Math.sqrt(4 * 0.0001 / 3);
    double low = 0.8 - 2 * sigma;
    AlertRule rule = Points.rule(new AlertTest.Sums(Side.BELOW, new Baseline.First(4)), 1);
    inOrder(rule.judge(and(reference, low, low, low)));
    assertThat(run(rule.judge(and(reference, low, low, low, low)))).isEqualTo(1);
    assertThat(run(rule.judge(and(reference, low, low, low, low, low, low)))).isEqualTo(3);
    AlertRule rise = Points.rule(new AlertTest.Sums(Side.ABOVE, new Baseline.First(4)), 1);
    inOrder(rise.judge(and(reference, low, low, low, low)));
    double high = 0.8 + 2 * sigma;
    assertThat(run(rise.judge(and(reference, high, high, high, high)))).isEqualTo(1);
    inOrder(rule.judge(and(reference, high, high, high, high)));
  }

  @Test
  void sumsBeginAnewWhereNothingIsAddedAfterAnAlarm() {
    double[] reference = {0.79, 0.81, 0.79, 0.81};
    double low = 0.8 - 2 * Math.sqrt(4 * 0.0001 / 3);
    AlertRule rule = Points.rule(new AlertTest.Sums(Side.EITHER, new Baseline.First(4)), 1);
    inOrder(rule.judge(and(reference, low, low, low, low, low, 0.8)));
    inOrder(rule.judge(and(reference, low, low, low, low, 0.8, low, low, low)));
    assertThat(run(rule.judge(and(reference, low, low, low, low, 0.8, low, low, low, low))))
        .isEqualTo(1);
  }

  @Test
  void aRuleWatchesItsModelAndOutput() {
    assertThat(watching(null, null).watches("https://m.org/a|1", "risk")).isTrue();
    assertThat(watching("https://m.org/a", null).watches("https://m.org/a|2", "risk")).isTrue();
    assertThat(watching("https://m.org/a", null).watches("https://m.org/ab|2", "risk")).isFalse();
    assertThat(watching("https://m.org/a|1", null).watches("https://m.org/a|1", "x")).isTrue();
    assertThat(watching("https://m.org/a|1", null).watches("https://m.org/a|2", "x")).isFalse();
    assertThat(watching("https://m.org/a|1", null).watches("https://m.org/a|1.0", "x")).isFalse();
    assertThat(watching(null, "risk").watches("https://m.org/a|1", "risk")).isTrue();
    assertThat(watching(null, "risk").watches("https://m.org/a|1", "other")).isFalse();
  }

  private static AlertRule watching(@Nullable String model, @Nullable String output) {
    AlertRule any = Points.rule(POINT, 1);
    return new AlertRule(
        any.canonical(),
        any.title(),
        model,
        output,
        any.figure(),
        ReportWindow.Kind.MONTH,
        null,
        POINT,
        1,
        1,
        FindingSeverity.INFO,
        Duration.ofHours(1));
  }

  @Test
  void partsThatMakeNoSenseAreRefused() {
    assertThatThrownBy(() -> Points.rule(POINT, 0, 1)).hasMessageContaining("minimum");
    assertThatThrownBy(() -> Points.rule(POINT, 1, 0)).hasMessageContaining("consecutive");
    assertThatThrownBy(() -> new AlertTest.Fixed(new Limits(null, null), Compared.POINT))
        .hasMessageContaining("no limit");
    assertThatThrownBy(() -> new Limits(Double.NaN, null)).hasMessageContaining("finite");
    assertThatThrownBy(() -> new Baseline.First(0)).hasMessageContaining("window");
    assertThatThrownBy(() -> new Baseline.Within(Points.start(1), Points.start(1)))
        .hasMessageContaining("ends after");
    assertThatThrownBy(
            () ->
                new AlertTest.Ratio(new Limits(-1.0, null), new Baseline.First(1), Compared.POINT))
        .hasMessageContaining("negative");
    assertThatThrownBy(() -> point(0, Double.NaN, -1, 1)).hasMessageContaining("finite");
  }
}
