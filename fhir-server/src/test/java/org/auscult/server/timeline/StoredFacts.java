package org.auscult.server.timeline;

import java.util.List;
import org.auscult.timeline.Fact;
import org.springframework.jdbc.core.JdbcTemplate;

/** Puts rows into the timeline's tables as they are, for tests of whatever reads them. */
public final class StoredFacts {
  private StoredFacts() {}

  /** Adds a patient with facts. */
  public static void add(JdbcTemplate jdbc, String patient, List<Fact> facts) {
    jdbc.update("insert into patient_epoch (patient, epoch) values (?, ?)", patient, 1);
    for (Fact fact : facts) {
      jdbc.batchUpdate(FactRows.INSERT, FactRows.of(fact, patient));
    }
  }
}
