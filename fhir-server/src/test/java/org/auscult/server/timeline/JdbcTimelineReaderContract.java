package org.auscult.server.timeline;

import java.util.List;
import javax.sql.DataSource;
import org.auscult.server.config.Database.Vendor;
import org.auscult.timeline.Fact;
import org.auscult.timeline.TimelineReader;
import org.auscult.timeline.TimelineReaderContract;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.jdbc.core.JdbcTemplate;

/** The reader of our tables does what every timeline reader does, on every database. */
abstract class JdbcTimelineReaderContract extends TimelineReaderContract {
  private final JdbcTemplate jdbc;

  JdbcTimelineReaderContract(DataSource source) {
    this.jdbc = new JdbcTemplate(source);
  }

  static void migrate(DataSource source, Vendor vendor) {
    Flyway.configure().dataSource(source).locations(vendor.migrations()).load().migrate();
  }

  @BeforeEach
  void empty() {
    jdbc.update("delete from clinical_fact");
    jdbc.update("delete from patient_epoch");
  }

  @Override
  protected TimelineReader reader() {
    return new JdbcTimelineReader(jdbc);
  }

  @Override
  protected void given(String patient, long epoch, List<Fact> rows) {
    jdbc.update("insert into patient_epoch (patient, epoch) values (?, ?)", patient, epoch);
    for (Fact row : rows) {
      jdbc.batchUpdate(FactRows.INSERT, FactRows.of(row, patient));
    }
  }
}
