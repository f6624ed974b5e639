package org.auscult.server.caller;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What two nodes share of callers in one database. */
abstract class JdbcCallerScenarios extends TokenLedgerContract {
  private final MovedClock clock = new MovedClock(Instant.parse("2026-03-01T12:00:00Z"));

  protected abstract DataSource database();

  @Override
  protected JdbcTokenLedger one() {
    return new JdbcTokenLedger(database(), clock);
  }

  @Override
  protected JdbcTokenLedger another() {
    return new JdbcTokenLedger(database(), clock);
  }

  /** Checklist: 49. */
  @Test
  @DisplayName("49: a token is remembered until it would be refused as expired anyway")
  void sweep() {
    String issuer = UUID.randomUUID().toString();
    clock.move(Duration.ofDays(1));
    one().sweep();
    Instant end = clock.instant().plusSeconds(300);
    assertThat(one().spend(issuer, "a", end)).isTrue();
    assertThat(one().spend(issuer, "b", end.plusMillis(1))).isTrue();

    clock.move(Duration.ofSeconds(300));
    assertThat(another().sweep()).isZero();
    assertThat(one().spend(issuer, "a", end)).isFalse();
    clock.move(Duration.ofMillis(1));
    assertThat(another().sweep()).isEqualTo(1);
    assertThat(one().spend(issuer, "b", end)).isFalse();
    assertThat(one().spend(issuer, "a", end)).isTrue();
  }

  private DailyQuotas quotas(String client, long calls) {
    return new DailyQuotas(Map.of(client, calls), database(), clock);
  }

  private static long taken(DailyQuotas node, String client, int tries) {
    long taken = 0;
    for (int i = 0; i < tries; i++) {
      taken += node.take(client).isEmpty() ? 1 : 0;
    }
    return taken;
  }

  @Test
  @DisplayName("a day's calls are shared by nodes, and begin anew on the next day")
  void quota() {
    String client = "q" + UUID.randomUUID();
    DailyQuotas one = quotas(client, 7);
    DailyQuotas another = quotas(client, 7);

    assertThat(taken(one, client, 4)).isEqualTo(4);
    assertThat(taken(another, client, 5)).isEqualTo(3);
    assertThat(one.take(client)).contains(Duration.ofHours(12));
    assertThat(one.take("other")).isEmpty();
    clock.move(Duration.ofHours(11));
    assertThat(another.take(client)).contains(Duration.ofHours(1));
    clock.move(Duration.ofHours(1));
    assertThat(taken(another, client, 10)).isEqualTo(7);
    assertThat(one.take(client)).contains(Duration.ofDays(1));
  }

  @Test
  @DisplayName("all of a quota can be used, though it is taken in blocks, and no call more")
  void blocks() {
    String client = "q" + UUID.randomUUID();
    DailyQuotas one = quotas(client, 1_007);

    assertThat(taken(one, client, 600)).isEqualTo(600);
    assertThat(taken(one, client, 600)).isEqualTo(407);
    assertThat(taken(quotas(client, 1_007), client, 20)).isZero();
  }

  @Test
  @DisplayName("nodes that call at the same time never exceed it")
  void quotaOfNodesTogether() throws Exception {
    String client = "q" + UUID.randomUUID();
    List<DailyQuotas> nodes = List.of(quotas(client, 250), quotas(client, 250));
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Long>> calls = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        DailyQuotas node = nodes.get(i % 2);
        calls.add(() -> taken(node, client, 100));
      }
      long all = 0;
      for (Future<Long> each : threads.invokeAll(calls)) {
        all += each.get();
      }
      assertThat(all).isEqualTo(250);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  @DisplayName("days before yesterday are forgotten")
  void oldDays() {
    String client = "q" + UUID.randomUUID();
    DailyQuotas node = quotas(client, 1);
    assertThat(taken(node, client, 2)).isEqualTo(1);
    clock.move(Duration.ofDays(1));
    node.sweep();
    clock.move(Duration.ofDays(1));

    assertThat(node.sweep()).isPositive();
    assertThat(taken(node, client, 2)).isEqualTo(1);
  }
}
