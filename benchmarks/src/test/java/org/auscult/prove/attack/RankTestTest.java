package org.auscult.prove.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RankTestTest {
  private static List<Long> sample(Random random, int size, long more) {
    return LongStream.range(0, size).map(i -> 100 + more + random.nextInt(50)).boxed().toList();
  }

  @Test
  void countsPairsAndTies() {
    RankTest test = RankTest.of(List.of(1L, 2L, 3L), List.of(2L, 2L));

    assertThat(test.share()).isEqualTo((0 + 1 + 2) / 6.0);
    assertThat(test.firstMedian()).isEqualTo(2);
    assertThat(test.secondMedian()).isEqualTo(2);
    assertThat(test.error()).isCloseTo(Math.sqrt(6 / 72.0), within(1e-12));
  }

  @Test
  void tellsApartWhatDiffersAndNothingElse() {
    Random random = new Random(7);
    RankTest alike = RankTest.of(sample(random, 30, 0), sample(random, 30, 0));
    RankTest longer = RankTest.of(sample(random, 30, 40), sample(random, 30, 0));

    assertThat(Math.abs(alike.share() - 0.5)).isLessThan(4 * alike.error());
    assertThat(longer.share() - 0.5).isGreaterThan(4 * longer.error());
  }
}
