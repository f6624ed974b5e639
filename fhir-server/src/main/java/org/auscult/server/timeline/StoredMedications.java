package org.auscult.server.timeline;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.auscult.server.config.Database;
import org.auscult.server.timeline.Change.Cause;
import org.auscult.timeline.KnownTime.Basis;
import org.auscult.timeline.MedicationState;
import org.auscult.timeline.Medications;
import org.auscult.timeline.ResourceKind;
import org.auscult.timeline.fhir.MedicationVersion;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What stored Medications say of their codes, and which rows were written before they said so.
 *
 * <p>Idea: whenever a Medication's codes change, it gets another state. Whoever writes an order
 * that names it holds the Medication's lock with others, until the transaction ends; whoever
 * changes the Medication holds it alone. So no order is written with a former state once a new one
 * stands, and each that was written before is found, by the state in its rows. Locks of Medications
 * are taken before those of patients, both sorted, so that nobody waits in a ring.
 */
final class StoredMedications {
  /** So many rows' facts are written anew in the transaction that changes their Medication. */
  static final int AT_ONCE = 100;

  private static final int CHUNK = 500;

  private final JdbcTemplate jdbc;
  private final String ensureRow;
  private final String lockShared;

  StoredMedications(JdbcTemplate jdbc, Database.Vendor vendor) {
    this.jdbc = jdbc;
    this.ensureRow =
        switch (vendor) {
          case POSTGRESQL ->
              "insert into medication_current (medication, state) values (?, 0) on conflict do"
                  + " nothing";
          case H2 ->
              "merge into medication_current t using (values (cast(? as varchar))) s(m) on"
                  + " t.medication = s.m when not matched then insert (medication, state) values"
                  + " (s.m, 0)";
        };
    this.lockShared =
        switch (vendor) {
          case POSTGRESQL -> " for share";
          case H2 -> " for update";
        };
  }

  /**
   * Enters what a transaction's Medications say now, and tells its changes what the Medications say
   * that they name. The locks stay until it ends.
   *
   * @return the changes, and those that follow for rows of before; what these are too many for is
   *     left to {@link MedicationRound}
   */
  List<Change> settle(List<Change> changes, Collection<MedicationVersion> written) {
    TreeSet<String> named = new TreeSet<>();
    changes.stream().flatMap(StoredMedications::named).forEach(named::add);
    TreeSet<String> own = new TreeSet<>();
    written.forEach(version -> own.add(version.id()));
    named.addAll(own);
    if (named.isEmpty()) {
      return changes;
    }
    Map<String, MedicationState> states = locked(named, !own.isEmpty());
    TreeMap<String, MedicationState> changed = new TreeMap<>();
    for (MedicationVersion version : written) {
      MedicationState former = Objects.requireNonNull(states.get(version.id()));
      if (!former.codes().equals(version.says().codes())) {
        MedicationState state = enter(version.id(), version.says().after(former));
        states.put(version.id(), state);
        changed.put(version.id(), state);
      }
    }
    List<Change> settled = new ArrayList<>();
    changes.forEach(change -> settled.add(stating(change, states)));
    Set<String> fresh = new HashSet<>();
    changes.stream()
        .filter(change -> change.cause() == Cause.WRITE || change.cause() == Cause.DELETE)
        .forEach(change -> fresh.add(change.kind() + "/" + change.id()));
    int left = AT_ONCE;
    for (Map.Entry<String, MedicationState> one : changed.entrySet()) {
      List<Change> behind = behind(one.getKey(), one.getValue(), left + 1);
      if (behind.size() > left) {
        jdbc.update("insert into medication_inbox (medication) values (?)", one.getKey());
        behind = behind.subList(0, left);
      }
      left -= behind.size();
      behind.stream()
          .filter(change -> !fresh.contains(change.kind() + "/" + change.id()))
          .forEach(settled::add);
    }
    return settled;
  }

  private static Change stating(Change change, Map<String, MedicationState> states) {
    return named(change)
        .findFirst()
        .map(id -> change.withMedication(Objects.requireNonNull(states.get(id))))
        .orElse(change);
  }

  private static Stream<String> named(Change change) {
    return change.facts().stream().flatMap(fact -> Medications.reference(fact).stream());
  }

  /**
   * Facts that name a Medication and were written before a state of it, as changes: known, as all
   * else, from when the record knew it, however late they are applied.
   */
  List<Change> behind(String medication, MedicationState state, int most) {
    return jdbc.query(
        "select source_kind, source_id, source_version from clinical_fact where code = ? and"
            + " code_system = ? and epoch_to is null and medication_state < ? limit ?",
        (row, n) ->
            new Change(
                Cause.DRUG,
                ResourceKind.valueOf(row.getString(1)),
                row.getString(2),
                row.getLong(3),
                null,
                List.of(),
                state.from(),
                null,
                state),
        Medications.code(medication).code(),
        Medications.REFERENCE,
        state.number(),
        most);
  }

  /** What a Medication says; others may read it too, but nobody changes it until this ends. */
  MedicationState shared(String medication) {
    return Objects.requireNonNull(locked(new TreeSet<>(Set.of(medication)), false).get(medication));
  }

  /** The same, and nobody reads it meanwhile. */
  MedicationState alone(String medication) {
    return Objects.requireNonNull(locked(new TreeSet<>(Set.of(medication)), true).get(medication));
  }

  /** A state by its number. */
  MedicationState state(long number) {
    List<MedicationState> found =
        jdbc.query(
            "select number, codes, known_from, known_basis from medication_state where number = ?",
            StoredMedications::state,
            number);
    return found.isEmpty() ? MedicationState.UNKNOWN : found.get(0);
  }

  /** Makes a fact's rows anew by the state that a change brings. */
  void apply(Change change, Map<String, Long> epochs) {
    MedicationState state = Objects.requireNonNull(change.medication());
    for (HeldFact held :
        HeldFact.read(
            jdbc,
            "f.source_kind = ? and f.source_id = ? and f.source_version = ? and"
                + " f.medication_state < ?",
            change.kind().name(),
            change.id(),
            change.version(),
            state.number())) {
      long epoch = Objects.requireNonNull(epochs.get(held.fact().patient()));
      held.replace(jdbc, state.following(held.fact(), change.at(), epoch), epoch, state.number());
    }
  }

  /** Forgets everything. */
  void eraseAll() {
    jdbc.update("delete from medication_state");
    jdbc.update("delete from medication_current");
    jdbc.update("delete from medication_inbox");
  }

  private MedicationState enter(String medication, MedicationState state) {
    jdbc.update(
        "insert into medication_state (medication, codes, known_from, known_basis) values (?,?,?,?)",
        medication,
        FactRows.write(state.codes()),
        state.from().toEpochMilli(),
        state.basis().name());
    // The lock is held: no other one can have come between.
    Long number =
        jdbc.queryForObject(
            "select max(number) from medication_state where medication = ?",
            Long.class,
            medication);
    jdbc.update("update medication_current set state = ? where medication = ?", number, medication);
    return state.numbered(Objects.requireNonNull(number));
  }

  private Map<String, MedicationState> locked(TreeSet<String> medications, boolean isAlone) {
    ensureRows(medications);
    Map<String, MedicationState> states = new HashMap<>();
    for (List<String> chunk : chunks(medications)) {
      Map<String, Long> numbers = new TreeMap<>();
      jdbc.query(
          "select medication, state from medication_current where medication in ("
              + Ledger.places(chunk)
              + ") order by medication"
              + (isAlone ? " for update" : lockShared),
          row -> {
            numbers.put(row.getString(1), row.getLong(2));
          },
          chunk.toArray());
      Map<Long, MedicationState> known = new HashMap<>();
      jdbc.query(
          "select number, codes, known_from, known_basis from medication_state where number in ("
              + Ledger.places(chunk)
              + ")",
          row -> {
            known.put(row.getLong(1), state(row, 0));
          },
          numbers.values().toArray());
      numbers.forEach(
          (medication, number) ->
              states.put(medication, known.getOrDefault(number, MedicationState.UNKNOWN)));
    }
    return states;
  }

  private void ensureRows(TreeSet<String> medications) {
    for (List<String> chunk : chunks(medications)) {
      List<String> missing = new ArrayList<>(chunk);
      missing.removeAll(
          jdbc.queryForList(
              "select medication from medication_current where medication in ("
                  + Ledger.places(chunk)
                  + ")",
              String.class,
              chunk.toArray()));
      missing.forEach(this::ensureRow);
    }
  }

  private void ensureRow(String medication) {
    try {
      jdbc.update(ensureRow, medication);
    } catch (DuplicateKeyException e) {
      // On H2 another transaction may have inserted it first; then it is there, as we want it.
    }
  }

  private static List<List<String>> chunks(TreeSet<String> medications) {
    List<String> all = List.copyOf(medications);
    List<List<String>> chunks = new ArrayList<>();
    for (int from = 0; from < all.size(); from += CHUNK) {
      chunks.add(all.subList(from, Math.min(from + CHUNK, all.size())));
    }
    return chunks;
  }

  private static MedicationState state(ResultSet row, int number) throws SQLException {
    return new MedicationState(
        row.getLong(1),
        FactRows.readCodes(row.getString(2)),
        Instant.ofEpochMilli(row.getLong(3)),
        Basis.valueOf(row.getString(4)));
  }
}
