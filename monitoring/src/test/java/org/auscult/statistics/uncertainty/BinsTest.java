package org.auscult.statistics.uncertainty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.auscult.statistics.sample.LabelledScores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bins of rows, and counts drawn for them. */
class BinsTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void binsHoldAllRowsOfOneTenthAndNoMoreThanTheirPart(int seed) {
    SplitMix64 chance = new SplitMix64(seed);
    LabelledScores.Builder builder = LabelledScores.builder();
    int n = 100 + chance.below(5_000);
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double score = chance.below(3) == 0 ? chance.below(11) / 10.0 : chance.uniform();
      sum += score;
      builder.add(score, chance.below(4) == 0);
    }
    LabelledScores rows = builder.build();
    LabelledScores bins = BinnedBootstrap.binned(rows);
    assertThat(bins.n()).isEqualTo(n);
    assertThat(bins.positives()).isEqualTo(rows.positives());
    assertThat(bins.distinct()).isLessThanOrEqualTo(2 * BinnedBootstrap.PARTS + 21);
    double expected = 0;
    for (int k = 0; k < bins.distinct(); k++) {
      expected += bins.score(k) * bins.rows(k);
    }
    assertThat(expected).isCloseTo(sum, within(1e-9));
    for (int k = 0; k <= 10; k++) {
      // As many rows up to each tenth as before: no bin holds rows of two of them.
      assertThat(bins.rowsBelow(bins.firstAtLeast(Math.nextUp(k / 10.0))))
          .isEqualTo(rows.rowsBelow(rows.firstAtLeast(Math.nextUp(k / 10.0))));
    }
    for (int k = 0; k < bins.distinct(); k++) {
      boolean single =
          rows.firstAtLeast(bins.score(k)) < rows.distinct()
              && rows.score(rows.firstAtLeast(bins.score(k))) == bins.score(k);
      assertThat(single || bins.rows(k) * BinnedBootstrap.PARTS <= n).isTrue();
    }
  }

  @Test
  void neighboursShareABinAsLongAsTheyMay() {
    LabelledScores.Builder builder = LabelledScores.builder();
    for (int i = 0; i < 1_000; i++) {
      builder.add(0.5 + i / 20_000.0, i % 2 == 0);
    }
    LabelledScores bins = BinnedBootstrap.binned(builder.build());
    // 10 rows are a 100th; the first score, 0.5, ends a tenth.
    assertThat(bins.rows(0)).isEqualTo(1);
    for (int k = 1; k < bins.distinct() - 1; k++) {
      assertThat(bins.rows(k)).isEqualTo(10);
    }
    assertThat(bins.distinct()).isEqualTo(101);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 40, 1_000, 200_000})
  void countsAreOfPoissonsDistribution(int mean) {
    PoissonQuantiles quantiles = PoissonQuantiles.of(mean);
    int before = 0;
    for (int i = 0; i <= 1_000; i++) {
      int count = quantiles.at(i / 1_000.0);
      assertThat(count).isGreaterThanOrEqualTo(before);
      before = count;
    }
    MeanSum sum = new MeanSum();
    SplitMix64 chance = new SplitMix64(mean);
    for (int i = 0; i < 20_000; i++) {
      sum.add(quantiles.at(chance.uniform()), 1);
    }
    assertThat(sum.mean()).isCloseTo(mean, within(4 * Math.sqrt(mean / 20_000.0)));
    assertThat(sum.variance() / mean).isBetween(0.95, 1.05);
    // P(0) and P(at most 1) of the mean 1.
    PoissonQuantiles one = PoissonQuantiles.of(1);
    assertThat(one.at(Math.exp(-1) - 1e-12)).isZero();
    assertThat(one.at(Math.exp(-1) + 1e-12)).isEqualTo(1);
    assertThat(one.at(2 * Math.exp(-1) + 1e-12)).isEqualTo(2);
    assertThat(PoissonQuantiles.of(0).at(0.999)).isZero();
  }
}
