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
    return open(kind, client, user, launch, null);
  }

  /**
   * Keeps the context of a launch that began at an EHR for the next ten minutes.
   *
   * @param user id of whom that EHR has signed in
   * @return its name, opaque
   */
  public String openFromEhr(String client, String user, Launch launch, SignedIn where) {
    return open(Kind.EHR, client, user, launch, where);
  }

  /**
   * Where an EHR has signed somebody in.
   *
   * @param browser the SHA-256 of its cookie
   * @param ehr as it is configured
   */
  public record SignedIn(String browser, String ehr) {}

  /** Whom an EHR has signed in for one launch, until it is used. */
  public record Federated(String user, String ehr) {}

  private String open(
      Kind kind, String client, @Nullable String user, Launch launch, @Nullable SignedIn where) {
    byte[] name = new byte[24];
    RANDOM.nextBytes(name);
    String id = Base64.getUrlEncoder().withoutPadding().encodeToString(name);
    Instant now = clock.instant();
    jdbc.update(
        "delete from auth_launch where expires_at < ? and grant_id is null", now.toEpochMilli());
    jdbc.update(
        "insert into auth_launch"
            + " (id, kind, client_id, user_id, context, expires_at, browser, ehr)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?)",
        id,
        kind.name(),
        client,
        user,
        write(launch),
        now.plus(LIFE).toEpochMilli(),
        where == null ? null : where.browser(),
        where == null ? null : where.ehr());
    return id;
  }

  /**
   * Who was signed in for a launch by an EHR, in this browser, for this client.
   *
   * @param browser the SHA-256 of its cookie
   */
  public Optional<Federated> federated(String id, String client, String browser) {
    if (!isName(id)) {
      return Optional.empty();
    }
    return jdbc
        .query(
            "select user_id, ehr from auth_launch where id = ? and client_id = ? and browser = ?"
                + " and ehr is not null and grant_id is null and expires_at > ?",
            (row, n) -> new Federated(row.getString(1), row.getString(2)),
            id,
            client,
            browser,
            clock.instant().toEpochMilli())
        .stream()
        .findFirst();
  }

  /** Whether a launch began at an EHR: then it counts only where that has signed somebody in. */
  public boolean isFederated(String id) {
    return isName(id)
        && !jdbc.queryForList(
                "select id from auth_launch where id = ? and ehr is not null", String.class, id)
            .isEmpty();
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

  /** Whether the launch of a grant began at an EHR, which vouches for its user and patient. */
  public boolean isFederatedGrant(String grant) {
    return !jdbc.queryForList(
            "select id from auth_launch where grant_id = ? and ehr is not null",
            String.class,
            grant)
        .isEmpty();
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
