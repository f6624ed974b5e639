package org.auscult.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class RangeTest {
  private static final Range AT_MOST = new Range(null, new BigDecimal("5.50"));
  private static final Range AT_LEAST = new Range(new BigDecimal("1"), null);

  @Test
  void bothEndsBelongToIt() {
    Range range = Range.of("1", "5.5");
    assertThat(range.contains(1)).isTrue();
    assertThat(range.contains(5.5)).isTrue();
    assertThat(range.contains(Math.nextDown(1.0))).isFalse();
    assertThat(range.contains(Math.nextUp(5.5))).isFalse();
    assertThat(range.contains(Double.NaN)).isFalse();
    assertThat(Range.of("2", "2").contains(2)).isTrue();
  }

  @Test
  void anEndMayBeOpen() {
    assertThat(AT_MOST.contains(-1e300)).isTrue();
    assertThat(AT_MOST.contains(6)).isFalse();
    assertThat(AT_LEAST.contains(1e300)).isTrue();
    assertThat(AT_LEAST.contains(0)).isFalse();
    assertThat(new Range(null, null).contains(Double.NaN)).isFalse();
  }

  @Test
  void noRangeRunsBackwards() {
    assertThatIllegalArgumentException().isThrownBy(() -> Range.of("2", "1"));
  }

  @Test
  void isReadable() {
    assertThat(Range.of("1.0", "250")).hasToString("1.0 to 250");
    assertThat(AT_MOST).hasToString("at most 5.50");
    assertThat(AT_LEAST).hasToString("at least 1");
    assertThat(new Range(null, null)).hasToString("any");
  }
}
