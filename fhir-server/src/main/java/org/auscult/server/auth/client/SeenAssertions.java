package org.auscult.server.auth.client;

import java.time.Instant;
import java.time.InstantSource;
import org.auscult.server.auth.user.Hash;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;

/** Remembers, on all nodes together, which assertions were used while they are valid. */
public final class SeenAssertions {
  private final JdbcTemplate jdbc;
  private final InstantSource clock;

  public SeenAssertions(JdbcTemplate jdbc, InstantSource clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Whether this is the assertion's first use; of two at the same time one is the first. */
  boolean isFirst(String client, String jti, Instant validUntil) {
    jdbc.update("delete from auth_assertion where expires_at < ?", clock.instant().toEpochMilli());
    try {
      jdbc.update(
          "insert into auth_assertion (hash, expires_at) values (?, ?)",
          Hash.of(client + " " + jti),
          validUntil.toEpochMilli());
      return true;
    } catch (DuplicateKeyException e) {
      return false;
    }
  }
}
