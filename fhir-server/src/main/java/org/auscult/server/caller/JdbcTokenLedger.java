package org.auscult.server.caller;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import javax.sql.DataSource;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Tokens in a table that all nodes share: its key decides who was first.
 *
 * <p>H2 may lose the last half second when the machine dies, and with it a token that was spent.
 * Whatever such a token had changed is lost with it: the journal makes durable all that was
 * committed before, and a call is answered after that.
 */
final class JdbcTokenLedger implements TokenLedger {
  private final JdbcTemplate database;
  private final InstantSource clock;

  JdbcTokenLedger(DataSource database, InstantSource clock) {
    this.database = new JdbcTemplate(database);
    this.clock = clock;
  }

  @Override
  public boolean spend(String issuer, String token, Instant until) {
    try {
      database.update(
          "insert into caller_token (id, expires_at) values (?, ?)",
          id(issuer, token),
          until.toEpochMilli());
      return true;
    } catch (DuplicateKeyException e) {
      return false;
    }
  }

  /** Forgets tokens that have expired; returns how many. */
  int sweep() {
    return database.update(
        "delete from caller_token where expires_at < ?", clock.instant().toEpochMilli());
  }

  /** Of one length, whatever an issuer writes; the issuer's length keeps the two apart. */
  private static String id(String issuer, String token) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update((issuer.length() + " " + issuer + token).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(sha.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("each Java has SHA-256", e);
    }
  }
}
