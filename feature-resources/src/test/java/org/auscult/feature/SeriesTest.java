package org.auscult.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Values worked out by hand. */
class SeriesTest {
  private static final Offset<Double> EXACTLY = within(1e-12);

  private final Series series =
      new Series(new double[] {-40, -30, -10, -10}, new double[] {2, 4, 9, 5});

  private static Series of(double... values) {
    double[] seconds = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      seconds[i] = i - values.length;
    }
    return new Series(seconds, values);
  }

  @Test
  void ordinaryStatistics() {
    assertThat(series.size()).isEqualTo(4);
    assertThat(series.first()).isEqualTo(2);
    assertThat(series.last()).isEqualTo(5);
    assertThat(series.min()).isEqualTo(2);
    assertThat(series.max()).isEqualTo(9);
    assertThat(series.mean()).isEqualTo(5);
    assertThat(series.median()).isEqualTo(4.5);
    assertThat(of(3, 1, 2).median()).isEqualTo(2);
    assertThat(series.standardDeviation()).isCloseTo(Math.sqrt(26.0 / 3), EXACTLY);
    assertThat(series.coefficientOfVariation()).isCloseTo(Math.sqrt(26.0 / 3) / 5, EXACTLY);
    assertThat(of(-2, -4).coefficientOfVariation()).isCloseTo(Math.sqrt(2) / 3, EXACTLY);
  }

  @Test
  void successiveDifferences() {
    assertThat(series.rootMeanSquareOfSuccessiveDifferences())
        .isCloseTo(Math.sqrt((4 + 25 + 16) / 3.0), EXACTLY);
    assertThat(series.averageRealVariability()).isCloseTo((2 + 5 + 4) / 3.0, EXACTLY);
  }

  @Test
  void theLine() {
    Series line = new Series(new double[] {-30, -20, -5}, new double[] {1, 3, 6});
    assertThat(line.slopePerSecond()).isCloseTo(0.2, EXACTLY);
    assertThat(line.valueOfLineAtIndexTime()).isCloseTo(7, EXACTLY);
    Series bent = new Series(new double[] {-2, -1, 0}, new double[] {0, 3, 3});
    assertThat(bent.slopePerSecond()).isCloseTo(1.5, EXACTLY);
    assertThat(bent.valueOfLineAtIndexTime()).isCloseTo(3.5, EXACTLY);
  }

  @Test
  void eachValueHoldsUntilTheNext() {
    assertThat(series.timeWeightedMean(0)).isCloseTo((2 * 10 + 4 * 20 + 5 * 10) / 40.0, EXACTLY);
    assertThat(series.timeWeightedMean(-10)).isCloseTo((2 * 10 + 4 * 20) / 30.0, EXACTLY);
    assertThat(series.shareOfTimeIn(Range.of("4", "5"), 0)).isCloseTo(30 / 40.0, EXACTLY);
    assertThat(series.shareOfTimeIn(Range.of("9", "99"), 0)).isZero();
  }

  @Test
  void whatHasNoAnswerIsNoNumber() {
    Series one = new Series(new double[] {-5}, new double[] {3});
    assertThat(one.standardDeviation()).isNaN();
    assertThat(one.coefficientOfVariation()).isNaN();
    assertThat(one.rootMeanSquareOfSuccessiveDifferences()).isNaN();
    assertThat(one.averageRealVariability()).isNaN();
    assertThat(one.slopePerSecond()).isNaN();
    assertThat(one.valueOfLineAtIndexTime()).isNaN();
    assertThat(one.timeWeightedMean(-5)).isNaN();
    assertThat(one.shareOfTimeIn(Range.of("1", "5"), -5)).isNaN();
    assertThat(one.timeWeightedMean(0)).isEqualTo(3);
    assertThat(of(-1, 1).coefficientOfVariation()).isNaN();
    assertThat(new Series(new double[] {-1, -1}, new double[] {1, 2}).slopePerSecond()).isNaN();
  }

  @Test
  void theEarlierOnes() {
    assertThat(series.earlier().last()).isEqualTo(9);
    assertThat(Baseline.FIRST.of(series.earlier())).isEqualTo(2);
    assertThat(Baseline.PREVIOUS.of(series.earlier())).isEqualTo(9);
    assertThat(Baseline.MIN.of(series.earlier())).isEqualTo(2);
    assertThat(Baseline.MAX.of(series.earlier())).isEqualTo(9);
    assertThat(Baseline.MEAN.of(series.earlier())).isEqualTo(5);
    assertThat(Baseline.MEDIAN.of(series.earlier())).isEqualTo(4);
  }

  @Test
  void runsForward() {
    assertThatThrownBy(() -> new Series(new double[] {-1, -2}, new double[] {1, 2}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Series(new double[0], new double[0]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Series(new double[] {-1}, new double[] {1, 2}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Three times −0.1 has not −0.1 for its mean, to the last bit. */
  @Test
  void noLineGoesThroughOneInstant() {
    Series series = new Series(new double[] {-0.1, -0.1, -0.1}, new double[] {1, 2, 4});
    assertThat(series.slopePerSecond()).isNaN();
    assertThat(series.valueOfLineAtIndexTime()).isNaN();
  }
}
