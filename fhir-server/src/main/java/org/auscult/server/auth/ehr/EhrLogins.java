package org.auscult.server.auth.ehr;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.auscult.server.auth.user.Hash;
import org.auscult.server.keys.KeyRing;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Sign-ins at EHRs that have begun, on all nodes together. Each is found by its state, in the
 * browser where it began, once; and each launch of an EHR counts once.
 */
final class EhrLogins {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIFE = Duration.ofMinutes(10);
  private static final Duration MEMORY = Duration.ofDays(1);
  private static final String CONTEXT = "auth_ehr_login.secret:";

  private final JdbcTemplate jdbc;
  private final KeyRing keys;
  private final InstantSource clock;

  EhrLogins(JdbcTemplate jdbc, KeyRing keys, InstantSource clock) {
    this.jdbc = jdbc;
    this.keys = keys;
    this.clock = clock;
  }

  void begin(String state, String browser, String ehr, EhrLogin login) {
    Instant now = clock.instant();
    jdbc.update("delete from auth_ehr_login where expires_at < ?", now.toEpochMilli());
    jdbc.update("delete from auth_ehr_launch where expires_at < ?", now.toEpochMilli());
    String hash = Hash.of(state);
    jdbc.update(
        "insert into auth_ehr_login (state, browser, ehr, secret, expires_at)"
            + " values (?, ?, ?, ?, ?)",
        hash,
        Hash.of(browser),
        ehr,
        encrypted(hash, login),
        now.plus(LIFE).toEpochMilli());
  }

  /** Takes a sign-in that began in this browser, at this EHR; of two takers one has it. */
  Optional<EhrLogin> take(String state, String browser, String ehr) {
    String hash = Hash.of(state);
    List<String> found =
        jdbc.queryForList(
            "select secret from auth_ehr_login"
                + " where state = ? and browser = ? and ehr = ? and expires_at > ?",
            String.class,
            hash,
            Hash.of(browser),
            ehr,
            clock.instant().toEpochMilli());
    return !found.isEmpty() && jdbc.update("delete from auth_ehr_login where state = ?", hash) == 1
        ? Optional.of(decrypted(hash, found.get(0)))
        : Optional.empty();
  }

  static String launch(String fhirServer, String launch) {
    return Hash.of(fhirServer + " " + launch);
  }

  boolean isUsed(String launch) {
    return !jdbc.queryForList(
            "select hash from auth_ehr_launch where hash = ?", String.class, launch)
        .isEmpty();
  }

  /** Marks a launch as used; false if it was. */
  boolean use(String launch) {
    try {
      return jdbc.update(
              "insert into auth_ehr_launch (hash, expires_at) values (?, ?)",
              launch,
              clock.instant().plus(MEMORY).toEpochMilli())
          == 1;
    } catch (DuplicateKeyException e) {
      return false;
    }
  }

  private String encrypted(String hash, EhrLogin login) {
    try {
      byte[] plain = JSON.writeValueAsString(login).getBytes(StandardCharsets.UTF_8);
      return Base64.getEncoder().encodeToString(keys.encrypt(plain, CONTEXT + hash));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A sign-in is plain data", e);
    }
  }

  private EhrLogin decrypted(String hash, String secret) {
    try {
      return JSON.readValue(
          keys.decrypt(Base64.getDecoder().decode(secret), CONTEXT + hash), EhrLogin.class);
    } catch (IOException e) {
      throw new IllegalStateException("auth_ehr_login holds what cannot be read", e);
    }
  }
}
