package org.auscult.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.assertj.core.groups.Tuple;
import org.auscult.audit.AuditAction;
import org.auscult.audit.AuditAgent;
import org.auscult.audit.AuditEntry;
import org.auscult.audit.AuditKind;
import org.auscult.audit.export.Finding;
import org.auscult.audit.fhir.Touched;
import org.auscult.server.journal.JournalDatabase;
import org.junit.jupiter.api.Test;

class H2AuditLogTest extends AuditLogScenarios {
  private static final OneKey KEY = new OneKey();

  private final HikariDataSource dataSource = JournalDatabase.h2();

  @Override
  void close() {
    dataSource.close();
  }

  /** Who can drop a trigger can change a row, but not without its being found. Governance: 2. */
  @Test
  void leafThatWasChangedBehindTheTriggersBackIsFound() throws Exception {
    entriesOfManyCallersStandInTheLogOnceEachAndVerify();
    JournalDatabase.execute(dataSource, "drop trigger audit_log_append_only");
    JournalDatabase.execute(
        dataSource,
        "update audit_log set leaf = (select leaf from audit_log where idx = 7) where idx = 100");

    assertThat(verified().findings()).extracting(Finding::kind).contains(Finding.Kind.ALTERED);
  }

  @Test
  void entitiesStandInTheEventOfTheirPatientAlone() {
    AuditEntry entry =
        AuditEntry.of(AuditKind.REST, AuditAction.EXECUTE, "search-type Observation")
            .by(AuditAgent.unknown("10.0.0.1"))
            .patients(List.of("a", "b"))
            .entities(List.of("Observation/1", "Observation/2", "Library/3"))
            .detail(Touched.ENTITY_PATIENTS, "0 1 -")
            .request(UUID.randomUUID().toString())
            .build();

    assertThat(new LeafEvents(entry).all())
        .extracting(LeafEvents.Event::patient, LeafEvents.Event::entities)
        .containsExactly(
            Tuple.tuple("a", List.of("Observation/1", "Library/3")),
            Tuple.tuple("b", List.of("Observation/2", "Library/3")));
  }

  @Override
  OneKey key() {
    return KEY;
  }

  @Override
  DataSource dataSource() {
    return dataSource;
  }

  @Override
  boolean isH2() {
    return true;
  }
}
