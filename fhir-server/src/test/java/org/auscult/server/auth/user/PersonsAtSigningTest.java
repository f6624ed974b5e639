package org.auscult.server.auth.user;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.auscult.access.Role;
import org.auscult.server.keys.FakeKeyRing;
import org.auscult.server.signature.Reauthentication.Component;
import org.auscult.server.signature.Reauthentication.Components;
import org.auscult.server.signature.Signer;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.crypto.password.PasswordEncoder;

class PersonsAtSigningTest {
  /** Of RFC 6238, and its code at that time. */
  private static final String SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

  private static final Instant NOW = Instant.ofEpochSecond(1_111_111_111);
  private static final String CODE = "050471";
  private static final Signer ANNA = new Signer("Practitioner/anna", "Anna");
  private static final PasswordEncoder PASSWORDS =
      new PasswordEncoder() {
        @Override
        public String encode(CharSequence password) {
          return "{test}" + password;
        }

        @Override
        public boolean matches(CharSequence password, String hash) {
          return hash.equals(encode(password));
        }
      };

  private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
  private final Users users;
  private final PersonsAtSigning persons;

  PersonsAtSigningTest() {
    JdbcDataSource database = new JdbcDataSource();
    database.setURL("jdbc:h2:mem:signing-" + System.nanoTime() + ";DB_CLOSE_DELAY=-1");
    Flyway.configure().dataSource(database).locations("classpath:db/auscult/h2").load().migrate();
    JdbcTemplate jdbc = new JdbcTemplate(database);
    users = new Users(jdbc, new FakeKeyRing());
    persons = new PersonsAtSigning(users, new LoginThrottle(jdbc, now::get), PASSWORDS, now::get);
    put("anna", ANNA.reference(), SECRET, false);
    put("bert", "Practitioner/bert", SECRET, false);
  }

  private void put(String name, String person, @Nullable String secret, boolean disabled) {
    users.put(
        new User(
            "",
            name,
            name,
            person,
            Set.of(Role.APPROVER),
            List.of(),
            PASSWORDS.encode("right " + name),
            secret,
            disabled),
        "api");
  }

  private Set<Component> confirmed(@Nullable String password, @Nullable String code) {
    return persons.confirmed(ANNA, new Components(password, code));
  }

  /** Governance: 11.200. */
  @Test
  void knowsEachComponent() {
    assertThat(confirmed("right anna", null)).containsExactly(Component.PASSWORD);
    assertThat(confirmed("right anna", CODE))
        .containsExactlyInAnyOrder(Component.PASSWORD, Component.CODE);
    assertThat(confirmed(null, null)).isEmpty();
  }

  /** Governance: 11.300. */
  @Test
  void aCodeCountsOnce() {
    assertThat(confirmed(null, CODE)).containsExactly(Component.CODE);
    assertThat(confirmed(null, CODE)).isEmpty();
    assertThat(confirmed("right anna", CODE)).isEmpty();
  }

  /** Governance: 11.200. One component that is right does not make up for one that is wrong. */
  @Test
  void nothingCountsIfAnythingIsWrong() {
    assertThat(confirmed("wrong", CODE)).isEmpty();
    assertThat(confirmed("right anna", "050472")).isEmpty();
    assertThat(confirmed("right bert", null)).isEmpty();
    assertThat(confirmed("right anna" + "x".repeat(100), null)).isEmpty();
    assertThat(confirmed("right anna", CODE)).hasSize(2);
  }

  /** Governance: 11.100. */
  @Test
  void aSignerIsOneUserWhoMaySignIn() {
    put("anna2", ANNA.reference(), SECRET, false);
    assertThat(confirmed("right anna", CODE)).isEmpty();
    assertThat(confirmed("right anna2", CODE)).isEmpty();

    put("anna2", ANNA.reference(), SECRET, true);
    assertThat(confirmed("right anna", null)).hasSize(1);

    put("anna", ANNA.reference(), SECRET, true);
    assertThat(confirmed("right anna", null)).isEmpty();
    assertThat(persons.confirmed(new Signer("Practitioner/none", "N"), new Components("x", null)))
        .isEmpty();
  }

  @Test
  void whoHasNoSecondFactorConfirmsNoCode() {
    put("anna", ANNA.reference(), null, false);

    assertThat(confirmed("right anna", null)).hasSize(1);
    assertThat(confirmed("right anna", CODE)).isEmpty();
  }

  /** Governance: 11.300. */
  @Test
  void slowsDownGuessing() {
    for (int i = 0; i < 5; i++) {
      assertThat(confirmed("wrong " + i, null)).isEmpty();
    }
    assertThat(confirmed("right anna", null)).isEmpty();
    assertThat(
            persons.confirmed(
                new Signer("Practitioner/bert", "Bert"), new Components("right bert", null)))
        .hasSize(1);

    now.set(NOW.plus(Duration.ofMinutes(16)));
    assertThat(confirmed("right anna", null)).hasSize(1);
  }
}
