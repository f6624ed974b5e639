package org.auscult.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Safety: 19. */
class BreakerTest {
  private static final Duration PAUSE = Duration.ofSeconds(30);

  private Instant now = Instant.parse("2024-06-01T12:00:00Z");
  private final Breaker breaker = new Breaker(3, PAUSE, () -> now);

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      breaker.failed("m");
    }
  }

  @Test
  void opensAfterFailuresInARow() {
    fail(2);
    assertThat(breaker.permits("m")).isTrue();
    breaker.succeeded("m");
    fail(2);
    assertThat(breaker.permits("m")).as("not in a row").isTrue();

    fail(1);

    assertThat(breaker.permits("m")).isFalse();
    assertThat(breaker.permits("another")).isTrue();
  }

  @Test
  void letsOneTryAfterThePause() {
    fail(3);
    now = now.plus(PAUSE).minusMillis(1);
    assertThat(breaker.permits("m")).isFalse();

    now = now.plusMillis(1);
    assertThat(breaker.permits("m")).isTrue();
    assertThat(breaker.permits("m")).as("one tries, the others wait").isFalse();

    breaker.failed("m");
    assertThat(breaker.permits("m")).as("it failed again").isFalse();
    now = now.plus(PAUSE);
    assertThat(breaker.permits("m")).isTrue();
    breaker.succeeded("m");
    assertThat(breaker.permits("m")).isTrue();
    fail(2);
    assertThat(breaker.permits("m")).as("counted anew").isTrue();
  }

  @Test
  void needsAFailureToOpen() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Breaker(0, PAUSE, () -> now));
  }
}
