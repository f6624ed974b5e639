package org.auscult.server.timeline;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.auscult.timeline.Fact;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A fact whose rows are open, with what its rows say beside it.
 *
 * @param home the patient that its resource names
 * @param medicationState see {@link StoredMedications}; null if it names no stored Medication
 */
record HeldFact(Fact fact, String home, @Nullable Long medicationState) {
  private static final int FIRST_OF_FACT = 3;

  HeldFact {
    Objects.requireNonNull(fact);
    Objects.requireNonNull(home);
  }

  /**
   * Open facts, in the order in which they were written.
   *
   * @param which conditions on the table f
   */
  static List<HeldFact> read(JdbcTemplate jdbc, String which, Object... arguments) {
    return jdbc.query(
        "select f.home_patient, f.medication_state, "
            + PackedFacts.READ_ALL
            + " from clinical_fact f"
            + PackedFacts.WITH_CIRCUMSTANCES
            + " where f.epoch_to is null and f.coding = 0 and "
            + which
            + " order by f.fact_id",
        HeldFact::read,
        arguments);
  }

  private static HeldFact read(ResultSet row, int number) throws SQLException {
    return new HeldFact(
        new PackedFacts(FIRST_OF_FACT, true).read(row),
        row.getString(1),
        row.getObject(2, Long.class));
  }

  /**
   * Closes its rows, and opens those of another fact in their place when that begins to be known.
   *
   * @param closedIn epoch of the patient who has had the rows
   * @param newState null to keep the state that they have
   */
  void replace(JdbcTemplate jdbc, Fact by, long closedIn, @Nullable Long newState) {
    updateRows(jdbc, "known_until = ?, epoch_to = ?", by.known().from().toEpochMilli(), closedIn);
    jdbc.batchUpdate(
        FactRows.INSERT, FactRows.of(by, home, newState == null ? medicationState : newState));
  }

  /** Sets columns of its open rows. */
  void updateRows(JdbcTemplate jdbc, String columns, Object... values) {
    List<Object> arguments = new ArrayList<>();
    Collections.addAll(arguments, values);
    Collections.addAll(
        arguments,
        fact.source().kind().name(),
        fact.source().id(),
        fact.source().version(),
        fact.source().slot(),
        fact.patient());
    jdbc.update(
        "update clinical_fact set "
            + columns
            + " where source_kind = ? and source_id = ? and source_version = ? and slot = ? and"
            + " patient = ? and epoch_to is null",
        arguments.toArray());
  }
}
