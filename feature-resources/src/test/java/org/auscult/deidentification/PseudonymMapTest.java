package org.auscult.deidentification;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Safety: 33. */
class PseudonymMapTest {
  private final PseudonymMap map = new PseudonymMap(new SecureRandom());

  @Test
  void anOriginalHasOnePseudonymAndBack() {
    String pseudonym = map.pseudonym("Patient/12");
    assertThat(map.pseudonym("Patient/12")).isEqualTo(pseudonym);
    assertThat(map.pseudonym("Observation/12")).isNotEqualTo(pseudonym);
    assertThat(map.original(pseudonym)).contains("Patient/12");
    assertThat(map.original("Patient/" + pseudonym)).contains("Patient/12");
    assertThat(map.original("12")).isEmpty();
  }

  /** A hash of the identifier would be the same in both. */
  @Test
  void anotherMapGivesAnotherPseudonym() {
    PseudonymMap other = new PseudonymMap(new SecureRandom());
    assertThat(other.pseudonym("Patient/12")).isNotEqualTo(map.pseudonym("Patient/12"));
  }

  @Test
  void aPseudonymIsOf128BitsAndAFhirId() {
    Set<String> seen = new HashSet<>();
    int[] ones = new int[128];
    for (int i = 0; i < 2000; i++) {
      String pseudonym = map.fresh();
      assertThat(pseudonym).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
      assertThat(seen.add(pseudonym)).isTrue();
      BigInteger bits = new BigInteger(pseudonym.replace("-", ""), 16);
      for (int bit = 0; bit < 128; bit++) {
        ones[bit] += bits.testBit(bit) ? 1 : 0;
      }
    }
    // Every bit is random: 1000 of 2000, and 6 standard deviations to either side.
    for (int count : ones) {
      assertThat(count).isBetween(1000 - 135, 1000 + 135);
    }
  }

  @Test
  void shiftsAreConstantWithinHalfAYearAndNeverZero() {
    Set<Integer> seen = new HashSet<>();
    for (int i = 0; i < 5000; i++) {
      int days = map.shiftDays("Patient/" + i);
      assertThat(Math.abs(days)).isBetween(1, 182);
      assertThat(map.shiftDays("Patient/" + i)).isEqualTo(days);
      seen.add(days);
    }
    assertThat(seen).contains(-182, -1, 1, 182).hasSize(364);
  }

  @Test
  void saysNothingOfItselfInLogs() {
    map.pseudonym("Patient/secret");
    assertThat(map.toString()).doesNotContain("secret");
  }
}
