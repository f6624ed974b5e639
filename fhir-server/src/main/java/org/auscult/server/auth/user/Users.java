package org.auscult.server.auth.user;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.ResultSet;
import java.sql.SQLException;
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
import org.springframework.jdbc.core.JdbcTemplate;

/** The users, in the table {@code auth_user}; secrets of second factors are encrypted in it. */
public final class Users {
  private static final String CONTEXT = "auth_user.totp_secret:";
  private static final String SELECT =
      "select id, name, display_name, fhir_user, roles, sites, password_hash, totp_secret, disabled"
          + " from auth_user where ";

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
      user.roles().stream().map(Role::code).sorted().collect(Collectors.joining(" ")),
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
                + " password_hash = ?, totp_secret = ?, disabled = ?, origin = ?"
                + " where id = ? and name = ?",
            values);
    if (changed == 0) {
      jdbc.update(
          "insert into auth_user (display_name, fhir_user, roles, sites, password_hash,"
              + " totp_secret, disabled, origin, id, name) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
          values);
    }
    return active(id).orElse(user);
  }

  /** Whether a user is kept by this: {@code file}, {@code api} or {@code ehr}. */
  public boolean isFrom(String name, String origin) {
    return !jdbc.queryForList(
            "select id from auth_user where name = ? and origin = ?", String.class, name, origin)
        .isEmpty();
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
