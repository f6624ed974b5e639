package org.auscult.server.auth.launch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Launch contexts, each under a name that tells nothing, used once, by one client and user. */
public final class Launches {
  /** Who made a context. */
  public enum Kind {
    /** The launching system: parameter {@code launch}. */
    EHR,
    /** The user, who picked a patient. */
    PICKED
  }

  private static final Duration LIFE = Duration.ofMinutes(10);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final SecureRandom RANDOM = new SecureRandom();

  private final JdbcTemplate jdbc;
  private final InstantSource clock;

  public Launches(JdbcTemplate jdbc, InstantSource clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * Keeps a context for the next ten minutes.
   *
   * @param user id of the only user who may use it; null: whoever signs in
   * @return its name, opaque
   */
  public String open(Kind kind, String client, @Nullable String user, Launch launch) {
    byte[] name = new byte[24];
    RANDOM.nextBytes(name);
    String id = Base64.getUrlEncoder().withoutPadding().encodeToString(name);
    Instant now = clock.instant();
    jdbc.update(
        "delete from auth_launch where expires_at < ? and grant_id is null", now.toEpochMilli());
    jdbc.update(
        "insert into auth_launch (id, kind, client_id, user_id, context, expires_at)"
            + " values (?, ?, ?, ?, ?, ?)",
        id,
        kind.name(),
        client,
        user,
        write(launch),
        now.plus(LIFE).toEpochMilli());
    return id;
  }

  /** A context that this client and user may still use. */
  public Optional<Launch> find(Kind kind, String id, String client, String user) {
    if (!isName(id)) {
      return Optional.empty();
    }
    return jdbc
        .query(
            "select context from auth_launch where id = ? and kind = ? and client_id = ?"
                + " and (user_id is null or user_id = ?) and grant_id is null and expires_at > ?",
            (row, n) -> read(row.getString(1)),
            id,
            kind.name(),
            client,
            user,
            clock.instant().toEpochMilli())
        .stream()
        .findFirst();
  }

  /** What is no name of ours need not be sought. */
  private static boolean isName(String id) {
    return id.matches("[A-Za-z0-9_-]{1,64}");
  }

  /** Ties a context to a grant; false if it is another's, too old, or used already. */
  public boolean claim(Kind kind, String id, String client, String user, String grant) {
    return isName(id)
        && jdbc.update(
                "update auth_launch set grant_id = ? where id = ? and kind = ? and client_id = ?"
                    + " and (user_id is null or user_id = ?) and expires_at > ?"
                    + " and (grant_id is null or grant_id = ?)",
                grant,
                id,
                kind.name(),
                client,
                user,
                clock.instant().toEpochMilli(),
                grant)
            == 1;
  }

  /** The context of a grant. */
  public Optional<Launch> ofGrant(String grant) {
    return jdbc
        .query(
            "select context from auth_launch where grant_id = ?",
            (row, n) -> read(row.getString(1)),
            grant)
        .stream()
        .findFirst();
  }

  private static String write(Launch launch) {
    try {
      return JSON.writeValueAsString(launch);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A launch context is plain data", e);
    }
  }

  private static Launch read(String context) {
    try {
      return JSON.readValue(context, Launch.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("auth_launch holds a context that cannot be read", e);
    }
  }
}
