package org.auscult.statistics.uncertainty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.auscult.statistics.sample.LabelledScores;
import org.auscult.statistics.usefulness.NetBenefit;
import org.junit.jupiter.api.Test;

final class MeanSumTest {
  @Test
  void hasNoNegativeVarianceWhereNothingVaries() {
    for (long times = 1; times < 300; times++) {
      for (int percent = 1; percent < 100; percent++) {
        MeanSum sum = new MeanSum();
        sum.add(-percent / (100.0 - percent), times);
        sum.add(-percent / (100.0 - percent), 300 - times);
        assertThat(sum.variance()).as("%d times %d", times, percent).isBetween(0.0, 1e-20);
      }
    }
  }

  @Test
  void isThatOfTheSampleWhereItDoes() {
    MeanSum sum = new MeanSum();
    Map.of(1.0, 3L, 4.0, 2L, -2.5, 4L).forEach(sum::add);
    assertThat(sum.mean()).isCloseTo(1.0 / 9, within(1e-15));
    assertThat(sum.variance())
        .isCloseTo((3 + 2 * 16 + 4 * 6.25 - 9 * (1.0 / 81)) / 8, within(1e-14));
  }

  @Test
  void tellsTheNetBenefitOfAGroupWithoutEvents() {
    for (int rows = 2; rows < 200; rows++) {
      LabelledScores.Builder none = LabelledScores.builder();
      for (int i = 0; i < rows; i++) {
        none.add(i / 200.0, false);
      }
      LabelledScores scores = none.build();
      assertThat(NetBenefit.ofAll(scores, 0.2).optional().orElseThrow())
          .isCloseTo(-0.25, within(1e-12));
    }
  }
}
