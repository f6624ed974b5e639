package org.auscult.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class RepresentativenessTest {
  /** By hand: 0.6 against 0.5 is 0.1 over the root of (0.24 + 0.25) / 2. */
  @Test
  void standardisesADifferenceOfShares() {
    assertThat(Representativeness.ofShares(0.6, 0.5)).isCloseTo(0.202031, within(1e-6));
    assertThat(Representativeness.ofShares(0.5, 0.6)).isCloseTo(-0.202031, within(1e-6));
    assertThat(Representativeness.ofShares(0, 0)).isZero();
    assertThat(Representativeness.ofShares(1, 0)).isNull();
    assertThat(Representativeness.ofShares(Double.NaN, 0.5)).isNull();
  }

  @Test
  void comparesEachCategoryAndAge() {
    Tally tally = new Tally();
    tally.add("cohort/all", 100);
    tally.add("cohort/gender/female", 60);
    tally.add("cohort/gender/male", 40);
    tally.add("target/all", 1_000);
    tally.add("target/gender/female", 500);
    tally.add("target/gender/male", 499);
    tally.add("target/gender/other", 1);
    // 60 and 70 years; 40, 50 and 60 years.
    age(tally, "cohort-age", 60, 70);
    age(tally, "target-age", 40, 50, 60);

    JsonNode all = Representativeness.of(tally);

    JsonNode gender = all.path("variables").path("gender");
    assertThat(gender.path("female").path("standardisedDifference").asDouble()).isEqualTo(0.202031);
    assertThat(gender.path("other").path("cohort").asLong()).isZero();
    // 65 - 50 over the root of (50 + 100) / 2.
    assertThat(all.path("age").path("standardisedDifference").asDouble())
        .isCloseTo(15 / Math.sqrt(75), within(1e-6));
    assertThat(all.path("age").path("target").path("standardDeviation").asDouble()).isEqualTo(10);
    assertThat(all.path("notableDifferences").asInt()).isEqualTo(2);
  }

  private static void age(Tally tally, String path, int... ages) {
    for (int age : ages) {
      tally.add(path + "/n");
      tally.add(path + "/sum", age);
      tally.add(path + "/squares", (long) age * age);
    }
  }

  @Test
  void keepsCountsAsTheyWere() {
    Tally tally = new Tally();
    tally.add("missing/a/b/not-recorded", 3);
    tally.add("missing/ab", 4);
    tally.add("missingness");

    Tally twice = Tally.read(tally.write());
    twice.add(tally);

    assertThat(twice.get("missing/a/b/not-recorded")).isEqualTo(6);
    assertThat(twice.below("missing")).containsOnlyKeys("a/b/not-recorded", "ab");
  }
}
