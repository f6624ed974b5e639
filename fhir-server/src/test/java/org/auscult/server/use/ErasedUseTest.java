package org.auscult.server.use;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.auscult.monitoring.use.CardOrder.Proposal;
import org.auscult.order.DraftOrder;
import org.auscult.server.config.Database;
import org.auscult.server.timeline.PatientChanges;
import org.auscult.server.timeline.TimelineConfiguration;
import org.auscult.server.use.OrderRows.OfCall;
import org.auscult.server.use.OrderRows.Said;
import org.auscult.server.use.OrderRows.Wanted;
import org.auscult.timeline.fhir.FactProjector;
import org.auscult.unit.CodeUnits;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** On tables of its own: it would take all other tests' calls away. */
class ErasedUseTest {
  @Test
  void nothingIsKeptOfOrdersOfARecordThatIsErased() {
    JdbcDataSource source = new JdbcDataSource();
    source.setURL("jdbc:h2:mem:erased-use;DB_CLOSE_DELAY=-1");
    Flyway.configure().dataSource(source).locations("classpath:db/auscult/h2").load().migrate();
    JdbcTemplate jdbc = new JdbcTemplate(source);
    OrderRows rows = new OrderRows(jdbc);
    CardLedger ledger = new CardLedger(jdbc, Database.Vendor.H2, rows);
    UUID journal = UUID.randomUUID();
    ledger.called(journal, 0);
    ledger.describe(
        journal,
        List.of(),
        List.of(),
        new OfCall(
            journal,
            Instant.EPOCH,
            "p",
            true,
            null,
            List.of(new Wanted(new DraftOrder("MedicationRequest/1", List.of(), ""), false)),
            List.of(new Said(UUID.randomUUID(), 0, Proposal.NONE))));
    rows.ordered(List.of("p"));
    assertThat(rows(jdbc)).isEqualTo(5);

    TimelineConfiguration.interceptor(
            jdbc,
            Database.Vendor.H2,
            new FactProjector(ZoneOffset.UTC, CodeUnits.standard()),
            PatientChanges.toAll(List.of(ledger, rows)))
        .allExpunged();

    assertThat(rows(jdbc)).isZero();
  }

  private static int rows(JdbcTemplate jdbc) {
    return List.of("asked_call", "ordering_call", "asked_order", "card_order", "order_change")
        .stream()
        .mapToInt(
            table -> {
              Integer rows = jdbc.queryForObject("select count(*) from " + table, Integer.class);
              return rows == null ? 0 : rows;
            })
        .sum();
  }
}
