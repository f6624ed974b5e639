package org.auscult.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.assertj.core.groups.Tuple;
import org.auscult.server.audit.Suspicion.Rule;
import org.auscult.server.journal.JournalDatabase;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the rules count, and what not. */
class BreachRulesTest {
  private static final Instant NOW = Instant.parse("2026-05-03T10:00:00Z");
  private static final BreachSettings SETTINGS =
      new BreachSettings(Duration.ofDays(60), 3, 3, Duration.ofDays(7), Duration.ofMinutes(5));

  private int next;

  static Stream<Named<DataSource>> databases() throws Exception {
    return Stream.of(
        Named.of("H2", JournalDatabase.h2()),
        Named.of("PostgreSQL", LogArchiveScenarios.ofPostgres()));
  }

  private void event(
      DataSource database,
      String agent,
      String kind,
      String outcome,
      String patient,
      Duration ago) {
    event(database, agent, kind, "", outcome, patient, ago);
  }

  private void event(
      DataSource database,
      String agent,
      String kind,
      String subtype,
      String outcome,
      String patient,
      Duration ago) {
    JournalDatabase.execute(
        database,
        "insert into audit_event (idx, number, recorded_at, kind, subtype, action, outcome,"
            + " patient,"
            + " agent) values (%d, 0, %d, '%s', '%s', 'R', '%s', %s, '%s')"
                .formatted(
                    next++,
                    NOW.minus(ago).toEpochMilli(),
                    kind,
                    subtype,
                    outcome,
                    patient.isEmpty() ? "null" : "'" + patient + "'",
                    agent));
  }

  @ParameterizedTest
  @MethodSource("databases")
  void rulesCountPersonsPatientsAndRefusals(DataSource database) throws Exception {
    Duration lately = Duration.ofMinutes(10);
    for (String patient : new String[] {"a", "b", "c"}) {
      event(database, "Practitioner/many", "rest", "0", patient, lately);
      event(database, "Practitioner/long-ago", "rest", "0", patient, Duration.ofHours(25));
      event(database, "Practitioner/failed", "rest", "4", patient, lately);
      event(database, "loader", "rest", "0", patient, lately);
      event(database, "Practitioner/same", "rest", "0", "a", lately);
      event(database, "Practitioner/refused", "access-denied", "4", "", lately);
      event(database, "app", "access-denied", "4", "", lately);
      event(database, "Practitioner/slowly", "access-denied", "4", "", Duration.ofMinutes(61));
      event(database, "Practitioner/mistyped", "rest", "4", "", lately);
    }
    event(database, "Practitioner/twice", "access-denied", "4", "", lately);
    event(database, "Practitioner/twice", "access-denied", "4", "", lately);
    event(database, "Practitioner/reused", "token", "refresh-token-reuse", "8", "", lately);
    event(
        database,
        "Practitioner/reused-once",
        "token",
        "refresh-token-reuse",
        "8",
        "",
        Duration.ofHours(25));
    event(database, "Practitioner/refused-token", "token", "4", "", lately);

    List<Instant> asked = new ArrayList<>();
    Suspicion unreviewed =
        new Suspicion(Rule.UNREVIEWED_EMERGENCY, "Practitioner/opener", "p", NOW, NOW, "");
    BreachRules rules =
        new BreachRules(
            database,
            SETTINGS,
            before -> {
              asked.add(before);
              return List.of(unreviewed);
            });
    assertThat(rules.look(NOW))
        .extracting(Suspicion::rule, Suspicion::agent)
        .containsExactlyInAnyOrder(
            Tuple.tuple(Rule.MANY_PATIENTS, "Practitioner/many"),
            Tuple.tuple(Rule.MANY_REFUSALS, "Practitioner/refused"),
            Tuple.tuple(Rule.MANY_REFUSALS, "app"),
            Tuple.tuple(Rule.REFRESH_TOKEN_REUSE, "Practitioner/reused"),
            Tuple.tuple(Rule.UNREVIEWED_EMERGENCY, "Practitioner/opener"));
    assertThat(asked).containsExactly(NOW.minus(Duration.ofDays(7)));
    if (database instanceof AutoCloseable pool) {
      pool.close();
    }
  }
}
