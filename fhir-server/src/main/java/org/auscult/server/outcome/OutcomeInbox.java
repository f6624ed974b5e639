package org.auscult.server.outcome;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.auscult.server.timeline.PatientChanges;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Patients whose labels have to be looked at, because something was written of them. A row is
 * written in the transaction of the write itself, so none is lost, and rows are only added, so no
 * writer waits for the job that reads them.
 */
public final class OutcomeInbox implements PatientChanges {
  private final JdbcTemplate jdbc;

  public OutcomeInbox(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public void changed(Collection<String> patients, Instant knownAt) {
    List<Object[]> rows = new ArrayList<>();
    patients.forEach(patient -> rows.add(new Object[] {patient, knownAt.toEpochMilli()}));
    jdbc.batchUpdate("insert into outcome_inbox (patient, known_at) values (?, ?)", rows);
  }

  /** With the predictions their cases go, and what was said of them. */
  @Override
  public void erased() {
    jdbc.update("delete from outcome_inbox");
    jdbc.update("delete from outcome_label");
    jdbc.update("delete from outcome_case");
  }
}
