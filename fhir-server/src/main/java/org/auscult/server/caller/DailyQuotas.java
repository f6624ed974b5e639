package org.auscult.server.caller;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * How many calls each client has in a day (UTC), on all nodes together. Nodes take calls from the
 * shared count in blocks of a hundredth, so that not every call costs a write; a node that stops
 * takes what is left of its block with it. So the sum is never above the quota, and below it by at
 * most a hundredth for each node that stopped.
 *
 * <p>Threads: safe.
 */
final class DailyQuotas {
  private static final long BLOCKS = 100;

  private final Map<String, Long> quotas;
  private final JdbcTemplate database;
  private final InstantSource clock;
  private final Map<String, Block> blocks = new ConcurrentHashMap<>();

  /**
   * @param quotas calls in a day, for each client that has a limit
   */
  DailyQuotas(Map<String, Long> quotas, DataSource database, InstantSource clock) {
    this.quotas = Map.copyOf(quotas);
    this.database = new JdbcTemplate(database);
    this.clock = clock;
  }

  /**
   * What this node may still answer of a day without asking.
   *
   * @param left below zero if there was none left: then there is none for the rest of the day
   */
  private record Block(long day, long left) {}

  /** Counts a call; tells how long it is to the next day if it is one too many. */
  Optional<Duration> take(String client) {
    Long quota = quotas.get(client);
    if (quota == null) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    Block block = blocks.compute(client, (c, held) -> next(c, held, today.toEpochDay(), quota));
    return block.left() >= 0
        ? Optional.empty()
        : Optional.of(
            Duration.between(now, today.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant()));
  }

  /** The block after one more call. */
  private Block next(String client, @Nullable Block held, long day, long quota) {
    boolean isOfToday = held != null && held.day() == day;
    if (held != null && isOfToday && held.left() != 0) {
      return held.left() < 0 ? held : new Block(day, held.left() - 1);
    }
    if (!isOfToday) {
      begin(client, day);
    }
    for (long wanted = Math.max(1, quota / BLOCKS); wanted >= 1; wanted /= 2) {
      if (raise(client, day, wanted, quota)) {
        return new Block(day, wanted - 1);
      }
    }
    return new Block(day, -1);
  }

  private void begin(String client, long day) {
    try {
      database.update(
          "insert into caller_day (client, epoch_day, calls) values (?, ?, 0)", client, day);
    } catch (DuplicateKeyException e) {
      // Another node was first.
      return;
    }
  }

  private boolean raise(String client, long day, long calls, long quota) {
    return database.update(
            "update caller_day set calls = calls + ?"
                + " where client = ? and epoch_day = ? and calls + ? <= ?",
            calls,
            client,
            day,
            calls,
            quota)
        == 1;
  }

  /** Forgets days before yesterday. */
  int sweep() {
    return database.update(
        "delete from caller_day where epoch_day < ?",
        LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).toEpochDay() - 1);
  }
}
