package org.auscult.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SplitTest {
  private static Split split(long seed, String train, String validation, String test) {
    return new Split(
        Split.By.PATIENT,
        seed,
        new BigDecimal(train),
        new BigDecimal(validation),
        new BigDecimal(test));
  }

  /** Written down: a change here would move patients of data sets that are made already. */
  @Test
  void staysAsItWasForEver() {
    Split split = split(42, "0.7", "0.15", "0.15");
    StringBuilder parts = new StringBuilder();
    for (int patient = 0; patient < 40; patient++) {
      parts.append(split.of("patient-" + patient).code().charAt(1));
    }

    assertThat(parts).hasToString(EXPECTED);
  }

  private static final String EXPECTED = "aaarrrrarrrrrrrrarearererrrrarraaeearrer";

  @Test
  void meetsItsSharesAndMovesNobodyWhoStays() {
    Split split = split(7, "0.6", "0.3", "0.1");
    Map<Part, Integer> counts = new HashMap<>();
    for (int patient = 0; patient < 20_000; patient++) {
      counts.merge(split.of("p" + patient), 1, Integer::sum);
    }

    assertThat(counts.get(Part.TRAIN)).isBetween(11_700, 12_300);
    assertThat(counts.get(Part.VALIDATION)).isBetween(5_700, 6_300);
    assertThat(counts.get(Part.TEST)).isBetween(1_800, 2_200);
    // Where the test part alone grows, nobody else's patients come into it but validation's.
    Split wider = split(7, "0.6", "0.2", "0.2");
    for (int patient = 0; patient < 1_000; patient++) {
      Part before = split.of("p" + patient);
      Part after = wider.of("p" + patient);
      assertThat(after == before || before == Part.VALIDATION && after == Part.TEST).isTrue();
    }
  }

  @Test
  void dependsOnItsSeed() {
    int same = 0;
    for (int patient = 0; patient < 1_000; patient++) {
      same +=
          split(1, "0.5", "0", "0.5").of("p" + patient)
                  == split(2, "0.5", "0", "0.5").of("p" + patient)
              ? 1
              : 0;
    }
    assertThat(same).isBetween(420, 580);
  }

  @Test
  void refusesSharesThatDoNotAddUp() {
    assertThatThrownBy(() -> split(1, "0.7", "0.2", "0.2"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> split(1, "0", "0.5", "0.5"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> split(1, "1.2", "-0.2", "0"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void splitsByTimeAtWholeDays() {
    Map<LocalDate, Long> rows = new TreeMap<>();
    for (int day = 1; day <= 10; day++) {
      rows.put(LocalDate.of(2024, 1, day), 10L);
    }

    Split.Days days = split(0, "0.7", "0.2", "0.1").days(rows);

    assertThat(days.validation()).isEqualTo(LocalDate.of(2024, 1, 8));
    assertThat(days.test()).isEqualTo(LocalDate.of(2024, 1, 10));
    assertThat(days.of(Instant.parse("2024-01-07T23:59:59Z"))).isEqualTo(Part.TRAIN);
    assertThat(days.of(Instant.parse("2024-01-08T00:00:00Z"))).isEqualTo(Part.VALIDATION);
    assertThat(days.of(Instant.parse("2024-01-10T00:00:00Z"))).isEqualTo(Part.TEST);
    assertThat(split(0, "1", "0", "0").days(rows).of(Instant.parse("2030-01-01T00:00:00Z")))
        .isEqualTo(Part.TRAIN);
  }
}
