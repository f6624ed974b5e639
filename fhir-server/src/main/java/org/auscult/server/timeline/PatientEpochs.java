package org.auscult.server.timeline;

import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import org.auscult.server.config.Database;
import org.auscult.timeline.fhir.FactProjector;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Raises the epochs of patients whose timeline is written; a patient's row is locked from then on.
 */
final class PatientEpochs {
  private final JdbcTemplate jdbc;
  private final String ensureRow;

  PatientEpochs(JdbcTemplate jdbc, Database.Vendor vendor) {
    this.jdbc = jdbc;
    this.ensureRow =
        switch (vendor) {
          case POSTGRESQL ->
              "insert into patient_epoch (patient, epoch, generation, projection) values (?, 0, ?, "
                  + FactProjector.VERSION
                  + ") on conflict do nothing";
          case H2 ->
              "merge into patient_epoch t using (values (cast(? as varchar), cast(? as"
                  + " bigint))) s(p, g) on t.patient = s.p when not matched then"
                  + " insert (patient, epoch, generation, projection) values (s.p, 0, s.g, "
                  + FactProjector.VERSION
                  + ")";
        };
  }

  /**
   * Raises them by one.
   *
   * @return the new epochs
   */
  Map<String, Long> raise(Collection<String> patients) {
    Map<String, Long> epochs = new TreeMap<>();
    for (String patient : new TreeSet<>(patients)) {
      if (raise(patient) == 0) {
        ensureRow(patient);
        raise(patient);
      }
      epochs.put(
          patient,
          Objects.requireNonNull(
              jdbc.queryForObject(
                  "select epoch from patient_epoch where patient = ?", Long.class, patient)));
    }
    return epochs;
  }

  /**
   * Tells rows that were made anew from those of before, whose epochs may be the same numbers:
   * after everything was erased, or by a rebuild.
   */
  static long generation() {
    return ThreadLocalRandom.current().nextLong();
  }

  private int raise(String patient) {
    return jdbc.update("update patient_epoch set epoch = epoch + 1 where patient = ?", patient);
  }

  private void ensureRow(String patient) {
    try {
      jdbc.update(ensureRow, patient, generation());
    } catch (DuplicateKeyException e) {
      // On H2 another transaction may have inserted it first; then it is there, as we want it.
    }
  }
}
