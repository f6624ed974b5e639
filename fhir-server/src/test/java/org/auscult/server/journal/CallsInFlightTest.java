package org.auscult.server.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class CallsInFlightTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  private final CallsInFlight calls = new CallsInFlight();

  @Test
  void whoWaitsGoesOnWhenTheLastCallIsAnswered() throws Exception {
    calls.begin();
    calls.begin();
    CompletableFuture<Void> waiting = CompletableFuture.runAsync(this::awaitLong);

    calls.end();
    pause();
    assertThat(waiting).isNotDone();
    calls.end();

    waiting.get(30, TimeUnit.SECONDS);
  }

  @Test
  void whoWaitsGoesOnAfterItsTimeWhateverIsInFlight() throws Exception {
    calls.begin();
    long start = System.nanoTime();

    calls.awaitNone(Duration.ofMillis(40));

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(40), LONG);
  }

  @Test
  void aCallCountsUntilItsEndAlsoWhereItFails() throws Exception {
    CompletableFuture<?>[] during = new CompletableFuture<?>[1];
    try {
      calls.doFilter(
          new MockHttpServletRequest(),
          new MockHttpServletResponse(),
          (request, response) -> {
            during[0] = CompletableFuture.runAsync(this::awaitLong);
            pause();
            assertThat(during[0]).isNotDone();
            throw new IllegalStateException("as a failing call does");
          });
    } catch (IllegalStateException expected) {
      during[0].get(30, TimeUnit.SECONDS);
    }

    assertThat(during[0]).isCompleted();
  }

  /** Long enough for whoever does not wait to be through. */
  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void awaitLong() {
    try {
      calls.awaitNone(LONG);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
