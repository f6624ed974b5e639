package org.auscult.server.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.auscult.server.config.Database;
import org.auscult.server.timeline.TimelineConfiguration;
import org.auscult.timeline.fhir.FactProjector;
import org.auscult.unit.CodeUnits;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** On tables of its own: it would take all other tests' cases away. */
class ExpungedOutcomesTest {
  @Test
  void nothingIsObservedOfARecordThatIsErased() {
    JdbcDataSource source = new JdbcDataSource();
    source.setURL("jdbc:h2:mem:expunged-outcomes;DB_CLOSE_DELAY=-1");
    Flyway.configure().dataSource(source).locations("classpath:db/auscult/h2").load().migrate();
    JdbcTemplate jdbc = new JdbcTemplate(source);
    OutcomeInbox inbox = new OutcomeInbox(jdbc);
    inbox.changed(List.of("p"), Instant.now());
    jdbc.update(
        "insert into outcome_case (id, label_id, prediction, output, outcome, patient, index_time)"
            + " values (1, 'l', 'RiskAssessment/r', 'risk', 'https://example.org/o|1', 'p', 0)");
    jdbc.update(
        "insert into outcome_label (case_id, sequence, label, known_at) values (1, 1, 'event', 0)");
    assertThat(rows(jdbc)).isEqualTo(3);

    TimelineConfiguration.interceptor(
            jdbc,
            Database.Vendor.H2,
            new FactProjector(ZoneOffset.UTC, CodeUnits.standard()),
            inbox)
        .allExpunged();

    assertThat(rows(jdbc)).isZero();
  }

  private static int rows(JdbcTemplate jdbc) {
    Integer rows =
        jdbc.queryForObject(
            "select (select count(*) from outcome_case) + (select count(*) from outcome_label) +"
                + " (select count(*) from outcome_inbox)",
            Integer.class);
    return rows == null ? 0 : rows;
  }
}
