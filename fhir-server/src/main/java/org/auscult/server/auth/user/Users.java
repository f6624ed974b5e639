package org.auscult.server.auth.user;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.auscult.access.Role;
import org.auscult.server.keys.KeyRing;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;

/** The users, in the table {@code auth_user}; secrets of second factors are encrypted in it. */
public final class Users {
  private static final String CONTEXT = "auth_user.totp_secret:";
  private static final String SELECT =
      "select id, name, display_name, fhir_user, roles, sites, password_hash, totp_secret, disabled"
          + " from auth_user where ";

  /** A hash of bcrypt's form that is none of any password. */
  private static final String NO_PASSWORD = "{bcrypt}$2a$10$" + ".".repeat(53);

  private final JdbcTemplate jdbc;
  private final KeyRing keys;

  public Users(JdbcTemplate jdbc, KeyRing keys) {
    this.jdbc = jdbc;
    this.keys = keys;
  }

  /** By the name that is typed in; also a disabled one. */
  public Optional<User> named(String name) {
    return User.isName(name)
        ? jdbc.query(SELECT + "name = ?", (row, n) -> read(row), name).stream().findFirst()
        : Optional.empty();
  }

  /** By id; empty if there is none, or none that may sign in any more. */
  public Optional<User> active(String id) {
    return jdbc.query(SELECT + "id = ? and not disabled", (row, n) -> read(row), id).stream()
        .findFirst();
  }

  /** All of them, by name. */
  public List<User> all() {
    return jdbc.query(SELECT + "1 = 1 order by name", (row, n) -> read(row));
  }

  /**
   * Stores a user as given, under the id that the name has already, or a new one.
   *
   * @param origin who keeps this user: {@code file} or {@code api}
   */
  public User put(User user, String origin) {
    String id = named(user.name()).map(User::id).orElseGet(() -> UUID.randomUUID().toString());
    @Nullable String secret = encrypted(id, user.totpSecret());
    Object[] values = {
      user.displayName(),
      user.fhirUser(),
      codes(user),
      String.join(" ", user.sites()),
      user.passwordHash(),
      secret,
      user.disabled(),
      origin,
      id,
      user.name()
    };
    int changed =
        jdbc.update(
            "update auth_user set display_name = ?, fhir_user = ?, roles = ?, sites = ?,"
                + " password_hash = ?, totp_secret = ?, disabled = ?, origin = ?,"
                + " version = version + 1 where id = ? and name = ?",
            values);
    if (changed == 0) {
      jdbc.update(
          "insert into auth_user (display_name, fhir_user, roles, sites, password_hash,"
              + " totp_secret, disabled, origin, id, name) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
          values);
    }
    return active(id).orElse(user);
  }

  /** Disables who came from the file and stands in it no more. */
  public void keepOnly(Collection<String> namesInFile) {
    for (String name :
        jdbc.queryForList("select name from auth_user where origin = 'file'", String.class)) {
      if (!namesInFile.contains(name)) {
        disable(name);
      }
    }
  }

  /**
   * A user with what is known of its being kept.
   *
   * @param origin who keeps it: {@code file}, {@code api}, or {@code ehr} of whom an EHR signs in
   */
  public record Kept(User user, String origin, long version) {}

  private static final String SELECT_KEPT = SELECT.replace(" from", ", origin, version from");

  /** By name; also a disabled one. */
  public Optional<Kept> kept(String name) {
    return User.isName(name)
        ? jdbc.query(SELECT_KEPT + "name = ?", (row, n) -> readKept(row), name).stream().findFirst()
        : Optional.empty();
  }

  /** Those whose names come after this one, in their order. */
  public List<Kept> page(String after, int count) {
    return jdbc.query(
        SELECT_KEPT + "name > ? order by name limit ?", (row, n) -> readKept(row), after, count);
  }

  private Kept readKept(ResultSet row) throws SQLException {
    return new Kept(read(row), row.getString("origin"), row.getLong("version"));
  }

  /** Nobody yet: a user to begin with, under a new id, by whose password nobody signs in. */
  public User withoutPassword(String name) {
    if (!User.isName(name)) {
      throw new IllegalArgumentException(
          "A user's name takes 1 to 128 small letters, digits and any of . _ @ -");
    }
    return new User(
        UUID.randomUUID().toString(),
        name,
        name,
        null,
        Set.of(),
        List.of(),
        NO_PASSWORD,
        null,
        false);
  }

  /** Adds a user by the API; empty if somebody is called so. */
  public Optional<Kept> create(User user) {
    try {
      jdbc.update(
          "insert into auth_user (display_name, fhir_user, roles, sites, password_hash,"
              + " totp_secret, disabled, origin, id, name) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
          user.displayName(),
          user.fhirUser(),
          codes(user),
          String.join(" ", user.sites()),
          user.passwordHash(),
          encrypted(user.id(), user.totpSecret()),
          user.disabled(),
          "api",
          user.id(),
          user.name());
    } catch (DuplicateKeyException e) {
      return Optional.empty();
    }
    return kept(user.name());
  }

  /**
   * Changes all but password and second factor, from the version that was read; empty if it is
   * another one by now.
   */
  public Optional<Kept> change(User user, long version) {
    int changed =
        jdbc.update(
            "update auth_user set display_name = ?, fhir_user = ?, roles = ?, sites = ?,"
                + " disabled = ?, version = version + 1 where id = ? and version = ?",
            user.displayName(),
            user.fhirUser(),
            codes(user),
            String.join(" ", user.sites()),
            user.disabled(),
            user.id(),
            version);
    return changed == 1 ? kept(user.name()) : Optional.empty();
  }

  /** From now on nobody signs in by this user's password, and who has is asked again. */
  public void lock(User user, Instant now) {
    jdbc.update(
        "update auth_user set password_hash = ?, sessions_from = ?, version = version + 1"
            + " where id = ?",
        NO_PASSWORD,
        now.toEpochMilli(),
        user.id());
  }

  /** Whether a browser's session that began then still counts for whoever signed in. */
  public boolean isCurrent(String id, Instant began) {
    return !jdbc.queryForList(
            "select id from auth_user where id = ? and not disabled and sessions_from <= ?",
            String.class,
            id,
            began.toEpochMilli())
        .isEmpty();
  }

  /**
   * Sets what a person signs in by.
   *
   * @param totpSecret of another second factor; null to leave what there is
   */
  public void setCredentials(User user, String passwordHash, @Nullable String totpSecret) {
    jdbc.update(
        "update auth_user set password_hash = ?, version = version + 1 where id = ?",
        passwordHash,
        user.id());
    if (totpSecret != null) {
      jdbc.update(
          "update auth_user set totp_secret = ?, totp_step = 0 where id = ?",
          encrypted(user.id(), totpSecret),
          user.id());
    }
  }

  private static String codes(User user) {
    return user.roles().stream().map(Role::code).sorted().collect(Collectors.joining(" "));
  }

  /** From now on this user neither signs in nor has tokens refreshed. */
  public void disable(String name) {
    jdbc.update("update auth_user set disabled = true where name = ?", name);
  }

  /** The step of the second factor that was used last; a code counts once. */
  long lastStep(User user) {
    Long step =
        jdbc.queryForObject("select totp_step from auth_user where id = ?", Long.class, user.id());
    return step == null ? 0 : step;
  }

  /** Marks a step as used; false if another login was faster. */
  boolean use(User user, long step) {
    return jdbc.update(
            "update auth_user set totp_step = ? where id = ? and totp_step < ?",
            step,
            user.id(),
            step)
        == 1;
  }

  private User read(ResultSet row) throws SQLException {
    String id = row.getString("id");
    return new User(
        id,
        row.getString("name"),
        row.getString("display_name"),
        row.getString("fhir_user"),
        roles(row.getString("roles")),
        Arrays.stream(row.getString("sites").split(" ")).filter(s -> !s.isEmpty()).toList(),
        row.getString("password_hash"),
        decrypted(id, row.getString("totp_secret")),
        row.getBoolean("disabled"));
  }

  private static Set<Role> roles(String codes) {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    Arrays.stream(codes.split(" ")).forEach(code -> Role.of(code).ifPresent(roles::add));
    return roles;
  }

  private @Nullable String encrypted(String id, @Nullable String secret) {
    return secret == null
        ? null
        : Base64.getEncoder().encodeToString(keys.encrypt(secret.getBytes(UTF_8), CONTEXT + id));
  }

  private @Nullable String decrypted(String id, @Nullable String secret) {
    return secret == null
        ? null
        : new String(keys.decrypt(Base64.getDecoder().decode(secret), CONTEXT + id), UTF_8);
  }
}
