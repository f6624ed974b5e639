package org.auscult.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.auscult.bench.Load.Caller;
import org.auscult.bench.Load.Outcome;
import org.junit.jupiter.api.Test;

/** Times are taken by the clock, so each expectation is one that a slow machine only confirms. */
class LoadTest {
  private static Caller doing(Work work) {
    return new Caller() {
      @Override
      public void call() throws Exception {
        work.run();
      }

      @Override
      public void close() {}
    };
  }

  private interface Work {
    void run() throws Exception;
  }

  @Test
  void aLateStartCountsAsWaiting() throws Exception {
    // Twenty calls are due within 100 ms, and one caller needs 20 ms for each.
    Outcome outcome = Load.open(1, 200, 0.1, () -> doing(() -> Thread.sleep(20)));
    assertThat(outcome.calls()).isEqualTo(20);
    assertThat(outcome.p99()).as("the last one waits for the others").isGreaterThan(250);
    assertThat(outcome.errors()).isEmpty();
  }

  @Test
  void aWrongAnswerIsAnErrorAndNoTime() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    Outcome outcome =
        Load.open(
            1,
            200,
            0.1,
            () ->
                doing(
                    () -> {
                      if (calls.incrementAndGet() % 2 == 0) {
                        throw new Load.Wrong("no number");
                      }
                    }));
    assertThat(outcome.calls()).isEqualTo(10);
    assertThat(outcome.errors()).hasSize(10).allMatch(e -> e.contains("no number"));
  }

  @Test
  void aCallerForWhomNothingWorksGivesUp() throws Exception {
    Outcome outcome =
        Load.closed(
            1,
            60,
            () ->
                doing(
                    () -> {
                      throw new Load.Wrong("never");
                    }));
    assertThat(outcome.seconds()).isLessThan(60);
    assertThat(outcome.calls()).isZero();
    assertThat(outcome.errors()).hasSize(51).last().asString().contains("gave up");
  }

  @Test
  void roundsAddUp() throws Exception {
    Outcome one = Load.once(3, () -> doing(() -> {}));
    Outcome both = Load.together(List.of(one, one));
    assertThat(both.calls()).isEqualTo(6);
    assertThat(both.seconds()).isEqualTo(2 * one.seconds());
  }
}
