package org.auscult.server.caller;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What each ledger of tokens does, asked by two nodes. */
abstract class TokenLedgerContract {
  private static final Instant LATER = Instant.parse("2026-03-01T12:05:00Z");

  private final String issuer = "https://" + UUID.randomUUID();

  protected abstract TokenLedger one();

  protected abstract TokenLedger another();

  /** Checklist: 49. */
  @Test
  @DisplayName("49: a token counts once on all nodes, for each issuer apart")
  void once() {
    assertThat(one().spend(issuer, "a", LATER)).isTrue();
    assertThat(one().spend(issuer, "a", LATER)).isFalse();
    assertThat(another().spend(issuer, "a", LATER)).isFalse();
    assertThat(another().spend(issuer, "a", LATER.plusSeconds(100))).isFalse();
    assertThat(another().spend(issuer + "b", "a", LATER)).isTrue();
    assertThat(another().spend(issuer, "ba", LATER)).as("no matter where one ends").isTrue();
    assertThat(one().spend(issuer, "A", LATER)).as("names have a case").isTrue();
    assertThat(one().spend(issuer, "a ", LATER)).isTrue();
    assertThat(one().spend(issuer, "ä%_'\\".repeat(50), LATER)).isTrue();
    assertThat(another().spend(issuer, "ä%_'\\".repeat(50), LATER)).isFalse();
  }

  /** Checklist: 49. */
  @Test
  @DisplayName("49: of many that bring the same token at once, one is told that it is the first")
  void together() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      for (int round = 0; round < 20; round++) {
        String token = "t" + round;
        List<Callable<Boolean>> calls = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
          TokenLedger node = i % 2 == 0 ? one() : another();
          calls.add(() -> node.spend(issuer, token, LATER));
        }
        int first = 0;
        for (Future<Boolean> each : threads.invokeAll(calls)) {
          first += each.get() ? 1 : 0;
        }
        assertThat(first).isEqualTo(1);
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
