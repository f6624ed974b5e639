package org.auscult.server.auth.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.auscult.access.Role;
import org.auscult.server.keys.KeyPurpose;
import org.auscult.server.keys.KeyRing;
import org.auscult.server.keys.SigningKey;
import org.auscult.server.keys.VerifyingKey;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.crypto.password.PasswordEncoder;

class LoginProviderTest {
  private static final String SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
  private static final Instant NOW = Instant.ofEpochSecond(1_111_111_111);
  private static final String CODE = "050471";

  /** Counts the checks: the work that an attacker could time. */
  private static final class CountingPasswords implements PasswordEncoder {
    private final List<String> hashes = new ArrayList<>();

    @Override
    public String encode(CharSequence password) {
      return "{test}" + password;
    }

    @Override
    public boolean matches(CharSequence password, String hash) {
      hashes.add(hash);
      return hash.equals(encode(password));
    }
  }

  /** Leaves what it is given as it is. */
  private static final class OpenKeys implements KeyRing {
    @Override
    public SigningKey signing(KeyPurpose purpose) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<VerifyingKey> verifying(KeyPurpose purpose) {
      throw new UnsupportedOperationException();
    }

    @Override
    public SigningKey rotate(KeyPurpose purpose) {
      throw new UnsupportedOperationException();
    }

    @Override
    public byte[] encrypt(byte[] plain, String context) {
      return plain.clone();
    }

    @Override
    public byte[] decrypt(byte[] encrypted, String context) {
      return encrypted.clone();
    }
  }

  private final CountingPasswords passwords = new CountingPasswords();
  private final List<String> told = new ArrayList<>();
  private final JdbcDataSource database = new JdbcDataSource();
  private @Nullable LoginProvider login;

  @BeforeEach
  void users() {
    database.setURL("jdbc:h2:mem:login-" + System.nanoTime() + ";DB_CLOSE_DELAY=-1");
    Flyway.configure().dataSource(database).locations("classpath:db/auscult/h2").load().migrate();
    JdbcTemplate jdbc = new JdbcTemplate(database);
    InstantSource clock = InstantSource.fixed(NOW);
    Users users = new Users(jdbc, new OpenKeys());
    users.put(user("plain", null, false), "api");
    users.put(user("second", SECRET, false), "api");
    users.put(user("gone", null, true), "api");
    login =
        new LoginProvider(
            users,
            new LoginThrottle(jdbc, clock),
            passwords,
            clock,
            new LoginLog() {
              @Override
              public void signedIn(User user, String address) {
                told.add("in " + user.name() + " " + address);
              }

              @Override
              public void refused(@Nullable User user, String address) {
                told.add("refused " + (user == null ? "nobody" : user.name()) + " " + address);
              }
            });
  }

  private User user(String name, @Nullable String totp, boolean disabled) {
    return new User(
        "",
        name,
        name,
        null,
        Set.of(Role.CLINICIAN),
        List.of(),
        passwords.encode("right"),
        totp,
        disabled);
  }

  private Authentication attempt(String name, String password, String code) {
    UsernamePasswordAuthenticationToken attempt =
        UsernamePasswordAuthenticationToken.unauthenticated(name, password);
    attempt.setDetails(new LoginDetails("10.0.0.1", code));
    return Objects.requireNonNull(login).authenticate(attempt);
  }

  private void refused(String name, String password, String code) {
    assertThatThrownBy(() -> attempt(name, password, code))
        .isInstanceOf(BadCredentialsException.class)
        .hasMessage("Sign-in was refused");
  }

  @Test
  void thePasswordSignsInAndWithASecondFactorItsCodeToo() {
    assertThat(attempt("plain", "right", "").isAuthenticated()).isTrue();
    assertThat(attempt(" Plain ", "right", "").isAuthenticated()).isTrue();
    refused("second", "right", "");
    refused("second", "right", "050472");
    refused("second", "wrong", CODE);
    assertThat(attempt("second", "right", CODE).isAuthenticated()).isTrue();
    refused("second", "right", CODE);
  }

  /** Timing: a hash is checked once, whoever it is, whatever is wrong. */
  @Test
  void whateverIsWrongTheAnswerAndTheWorkAreTheSame() {
    List<String[]> wrong =
        List.of(
            new String[] {"plain", "wrong", ""},
            new String[] {"nobody", "wrong", ""},
            new String[] {"gone", "right", ""},
            new String[] {"second", "right", ""},
            new String[] {"plain", "x".repeat(10_000), ""});
    for (String[] attempt : wrong) {
      passwords.hashes.clear();
      refused(attempt[0], attempt[1], attempt[2]);
      assertThat(passwords.hashes).as(attempt[0]).hasSize(1);
    }
  }

  /** Governance: 6. */
  @Test
  void eachTryIsRecordedWithoutWhatWasTyped() {
    attempt("plain", "right", "");
    refused("plain", "wrong", "");
    refused("my-password-by-mistake", "x", "");

    assertThat(told)
        .containsExactly("in plain 10.0.0.1", "refused plain 10.0.0.1", "refused nobody 10.0.0.1");
  }

  @Test
  void whoFailedTooOftenIsRefusedThoughThePasswordIsRight() {
    for (int i = 0; i < 5; i++) {
      refused("plain", "wrong", "");
    }
    passwords.hashes.clear();

    refused("plain", "right", "");

    assertThat(passwords.hashes).hasSize(1);
  }
}
