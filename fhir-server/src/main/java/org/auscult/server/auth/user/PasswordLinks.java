package org.auscult.server.auth.user;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import org.auscult.server.keys.KeyRing;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Links by which a person sets a password, and a second factor, once within a day. A user has one
 * at a time.
 */
public final class PasswordLinks {
  private static final Duration LIFE = Duration.ofDays(1);
  private static final String CONTEXT = "auth_password_link.totp_secret:";
  private static final int TOKEN_BYTES = 32;
  private static final int SECRET_BYTES = 20;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final JdbcTemplate jdbc;
  private final Users users;
  private final KeyRing keys;
  private final InstantSource clock;

  public PasswordLinks(JdbcTemplate jdbc, Users users, KeyRing keys, InstantSource clock) {
    this.jdbc = jdbc;
    this.users = users;
    this.keys = keys;
    this.clock = clock;
  }

  /** A link that was made; its token is kept nowhere. */
  public record Made(String token, Instant until) {
    /** Never the token. */
    @Override
    public String toString() {
      return "Made[]";
    }
  }

  /**
   * For whom a link is.
   *
   * @param totpSecret of the second factor that is set with the password; null if none is
   */
  public record Waiting(User user, @Nullable String totpSecret) {
    /** Never the secret. */
    @Override
    public String toString() {
      return "Waiting[" + user.id() + "]";
    }
  }

  /** Makes a link; an older one of this user counts no more. */
  public Made make(User user, boolean withSecondFactor) {
    Instant now = clock.instant();
    jdbc.update(
        "delete from auth_password_link where user_id = ? or expires_at < ?",
        user.id(),
        now.toEpochMilli());
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(random(TOKEN_BYTES));
    String hash = Hash.of(token);
    Instant until = now.plus(LIFE);
    jdbc.update(
        "insert into auth_password_link (hash, user_id, totp_secret, expires_at)"
            + " values (?, ?, ?, ?)",
        hash,
        user.id(),
        withSecondFactor ? encrypted(hash, Totp.encode(random(SECRET_BYTES))) : null,
        until.toEpochMilli());
    return new Made(token, until);
  }

  /** For whom it is; empty if it is none, too old, or of a user who may not sign in. */
  public Optional<Waiting> find(String token) {
    String hash = Hash.of(token);
    return jdbc
        .query(
            "select user_id, totp_secret from auth_password_link"
                + " where hash = ? and expires_at > ?",
            (row, n) -> new String[] {row.getString(1), row.getString(2)},
            hash,
            clock.instant().toEpochMilli())
        .stream()
        .findFirst()
        .flatMap(
            row -> users.active(row[0]).map(user -> new Waiting(user, decrypted(hash, row[1]))));
  }

  /** Uses a link up; of two who use it at the same time one does. */
  public boolean use(String token) {
    return jdbc.update("delete from auth_password_link where hash = ?", Hash.of(token)) == 1;
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  private String encrypted(String hash, String secret) {
    return Base64.getEncoder().encodeToString(keys.encrypt(secret.getBytes(UTF_8), CONTEXT + hash));
  }

  private @Nullable String decrypted(String hash, @Nullable String secret) {
    return secret == null
        ? null
        : new String(keys.decrypt(Base64.getDecoder().decode(secret), CONTEXT + hash), UTF_8);
  }
}
