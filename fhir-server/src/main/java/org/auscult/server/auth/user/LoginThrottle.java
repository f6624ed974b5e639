package org.auscult.server.auth.user;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Slows down guessing, on all nodes together. Failures are counted for a name at an address, for an
 * address, and for a name; each has its allowance, beyond which the wait doubles with each failure.
 * The narrow count is strict, and the wide one of a name is generous, so that a stranger cannot
 * easily lock a person out.
 */
public final class LoginThrottle {
  private static final Duration FIRST_WAIT = Duration.ofSeconds(30);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);

  /** After so long without a failure all is forgotten. */
  private static final Duration MEMORY = Duration.ofHours(1);

  private final JdbcTemplate jdbc;
  private final InstantSource clock;

  public LoginThrottle(JdbcTemplate jdbc, InstantSource clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  private record Count(String hash, int allowed) {}

  private static List<Count> counts(String name, String address) {
    return List.of(
        new Count(Hash.of("both " + name + " " + address), 5),
        new Count(Hash.of("address " + address), 50),
        new Count(Hash.of("name " + name), 50));
  }

  /** Whether a try is to be refused now, right or wrong. */
  public boolean refuses(String name, String address) {
    return counts(name, address).stream().anyMatch(this::isWaiting);
  }

  private boolean isWaiting(Count count) {
    Instant now = clock.instant();
    return jdbc.query(
            "select failures, last_at from auth_attempt where hash = ? and last_at > ?",
            (row, n) ->
                now.isBefore(
                    Instant.ofEpochMilli(row.getLong(2)).plus(wait(row.getInt(1), count.allowed))),
            count.hash,
            now.minus(MEMORY).toEpochMilli())
        .contains(true);
  }

  static Duration wait(int failures, int allowed) {
    if (failures < allowed) {
      return Duration.ZERO;
    }
    Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(failures - allowed, 10));
    return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
  }

  /** Counts a wrong try. */
  public void failed(String name, String address) {
    long now = clock.instant().toEpochMilli();
    jdbc.update("delete from auth_attempt where last_at <= ?", now - MEMORY.toMillis());
    counts(name, address).forEach(count -> add(count.hash, now));
  }

  private void add(String hash, long now) {
    String raise = "update auth_attempt set failures = failures + 1, last_at = ? where hash = ?";
    if (jdbc.update(raise, now, hash) == 0) {
      try {
        jdbc.update(
            "insert into auth_attempt (hash, failures, last_at) values (?, 1, ?)", hash, now);
      } catch (DuplicateKeyException e) {
        jdbc.update(raise, now, hash);
      }
    }
  }

  /** Forgets the failures of who has signed in; those of the address stay. */
  public void succeeded(String name, String address) {
    jdbc.update("delete from auth_attempt where hash = ?", Hash.of("both " + name + " " + address));
  }
}
