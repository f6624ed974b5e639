package org.auscult.server.auth.grant;

import java.time.Instant;
import java.time.InstantSource;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;

/** Access tokens that no longer count although they have not expired, on all nodes at once. */
public final class RevokedTokens {
  private final JdbcTemplate jdbc;
  private final InstantSource clock;

  public RevokedTokens(JdbcTemplate jdbc, InstantSource clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Whether the access token of this {@code jti} was revoked; one indexed read. */
  public boolean contains(String jti) {
    Integer found =
        jdbc.queryForObject("select count(*) from auth_revoked where jti = ?", Integer.class, jti);
    return found != null && found > 0;
  }

  /**
   * Whether an access token of this server counts no more although it has not expired: it was
   * revoked, or its user or its client is disabled. Three indexed reads in one statement, so it
   * holds for the next request on every node, also of a token that was under way meanwhile.
   *
   * @param user the token's {@code sub}
   */
  public boolean isEnded(String jti, String user, String client) {
    return !jdbc.queryForList(
            "select 1 from auth_revoked where jti = ?"
                + " union all select 1 from auth_user where id = ? and disabled"
                + " union all select 1 from auth_client where id = ? and disabled",
            Integer.class,
            jti,
            user,
            client)
        .isEmpty();
  }

  void add(String jti, Instant expires) {
    if (expires.isAfter(clock.instant()) && !contains(jti)) {
      try {
        jdbc.update(
            "insert into auth_revoked (jti, expires_at) values (?, ?)",
            jti,
            expires.toEpochMilli());
      } catch (DuplicateKeyException e) {
        // Revoked by another call at the same time.
      }
    }
  }

  void purge() {
    jdbc.update("delete from auth_revoked where expires_at < ?", clock.instant().toEpochMilli());
  }
}
