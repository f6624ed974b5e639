package org.auscult.server.timeline;

import java.util.List;
import org.auscult.timeline.Fact;
import org.auscult.timeline.TimelineReader;
import org.auscult.timeline.TimelineReaderContract;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.jdbc.core.JdbcTemplate;

/** The reader of our tables does what every timeline reader does. */
class JdbcTimelineReaderTest extends TimelineReaderContract {
  private final JdbcTemplate jdbc = new JdbcTemplate(migrated());

  private static JdbcDataSource migrated() {
    JdbcDataSource source = new JdbcDataSource();
    source.setURL("jdbc:h2:mem:reader;DB_CLOSE_DELAY=-1");
    Flyway.configure().dataSource(source).locations("classpath:db/auscult/h2").load().migrate();
    return source;
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
