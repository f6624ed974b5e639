package org.auscult.server.timeline;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.auscult.server.config.Database;
import org.auscult.server.timeline.Change.Cause;
import org.auscult.timeline.Epochs;
import org.auscult.timeline.Fact;
import org.auscult.timeline.KnownTime;
import org.auscult.timeline.KnownTime.Basis;
import org.auscult.timeline.MedicationState;
import org.auscult.timeline.Medications;
import org.auscult.timeline.ResourceKind;
import org.auscult.timeline.fhir.MedicationVersion;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Writes the changes of one transaction into the timeline, inside that transaction.
 *
 * <p>Idea: every patient touched has an epoch, a row that is locked and raised at the end of the
 * transaction, patients in sorted order so that two transactions never wait for each other in a
 * ring. A new version closes the rows of the former one and opens its own; nothing is overwritten.
 * The ledger {@code timeline_change} keeps which change came in which epoch; {@link
 * TimelineRebuild} replays it through this same class.
 *
 * <p>Merge: a Patient with a link {@code replaced-by} moves its open rows to the other patient:
 * they are closed here and opened there, known from the merge. A row remembers the patient that its
 * resource names, so that an undone merge moves it back. Demographic rows stay where they are.
 */
final class TimelineWriter {
  private final JdbcTemplate jdbc;
  private final ModelAuthorship authorship;
  private final CircumstancesRows circumstances;
  private final StoredMedications medications;
  private final PatientChanges listener;
  private final PatientEpochs epochRows;

  TimelineWriter(
      JdbcTemplate jdbc,
      Database.Vendor vendor,
      StoredMedications medications,
      PatientChanges listener) {
    this.jdbc = jdbc;
    this.medications = medications;
    this.listener = listener;
    this.authorship = new ModelAuthorship(jdbc);
    this.circumstances = new CircumstancesRows(jdbc, vendor);
    this.epochRows = new PatientEpochs(jdbc, vendor);
  }

  /**
   * Applies what one transaction changed, and enters it into the ledger.
   *
   * @param claims what its Provenances say that models wrote
   * @param written its Medications
   */
  void apply(
      List<Change> changes, List<ModelAuthorship.Claim> claims, List<MedicationVersion> written) {
    List<Change> writes = changes.stream().distinct().filter(c -> !isRepeated(c)).toList();
    List<Change> fresh = new ArrayList<>(medications.settle(writes, written));
    fresh.addAll(authorship.changes(writes, claims));
    if (fresh.isEmpty()) {
      return;
    }
    Merges merges = new Merges(jdbc);
    TreeSet<String> touched = new TreeSet<>();
    Map<Change, TreeSet<String>> patientsOf = new HashMap<>();
    for (Change change : fresh) {
      TreeSet<String> patients = touched(change, merges);
      patientsOf.put(change, patients);
      touched.addAll(patients);
    }
    Map<String, Long> epochs = epochRows.raise(touched);
    merges.forget();
    for (Change change : fresh) {
      // A merge may have been committed while this waited for the locks: then its rows belong
      // elsewhere. Should the late locks close a ring, the database ends it and HAPI tries again.
      TreeSet<String> patients = touched(change, merges);
      Objects.requireNonNull(patientsOf.get(change)).addAll(patients);
      patients.removeAll(epochs.keySet());
      epochs.putAll(epochRows.raise(patients));
    }
    circumstances.keep(fresh.stream().flatMap(change -> change.facts().stream()).toList());
    List<Object[]> rows = new ArrayList<>();
    List<Object[]> ledger = new ArrayList<>();
    for (Change change : fresh) {
      apply(change, epochs, merges, rows);
      for (String patient : Objects.requireNonNull(patientsOf.get(change))) {
        ledger.add(
            new Object[] {
              patient,
              epochs.get(patient),
              change.kind().name(),
              change.id(),
              change.version(),
              change.cause().name(),
              change.at().toEpochMilli(),
              change.medication() == null ? null : change.medication().number()
            });
      }
    }
    flush(rows);
    jdbc.batchUpdate(
        "insert into timeline_change (patient, epoch, source_kind, source_id, source_version,"
            + " cause, known_at, medication_state) values (?,?,?,?,?,?,?,?)",
        ledger);
    fresh.stream()
        .map(Change::at)
        .max(Comparator.naturalOrder())
        .ifPresent(at -> listener.changed(epochs.keySet(), at));
  }

  /** A Provenance says something else now, or is gone. */
  void withdraw(String provenance) {
    authorship.withdraw(provenance);
  }

  /** Forgets everything: the whole record is being erased. */
  void eraseAll() {
    authorship.eraseAll();
    medications.eraseAll();
    jdbc.update("delete from clinical_fact");
    circumstances.eraseAll();
    jdbc.update("delete from timeline_change");
    jdbc.update("delete from patient_epoch");
    listener.erased();
  }

  /** A rebuild gave these patients other rows. */
  void rebuilt(Collection<String> patients) {
    listener.changed(patients, Instant.now());
  }

  /** Applies one change with given epochs, as a rebuild does. */
  void replay(Change change, Map<String, Long> epochs) {
    circumstances.keep(change.facts());
    List<Object[]> rows = new ArrayList<>();
    apply(change, epochs, new Merges(jdbc), rows);
    flush(rows);
  }

  private void apply(Change change, Map<String, Long> epochs, Merges merges, List<Object[]> rows) {
    if (change.cause() == Cause.EXPUNGE) {
      flush(rows);
      erase(change);
      return;
    }
    if (change.cause() == Cause.MODEL) {
      flush(rows);
      authorship.apply(change, epochs);
      return;
    }
    if (change.cause() == Cause.DRUG) {
      flush(rows);
      medications.apply(change, epochs);
      return;
    }
    boolean mayHaveFormer = change.version() != 1 || change.cause() == Cause.DELETE;
    KnownTime former = null;
    if (mayHaveFormer) {
      flush(rows);
      former = latest(change);
    }
    Instant from =
        change.facts().isEmpty()
            ? change.at()
            : change.facts().get(0).known().after(former, change.at());
    if (mayHaveFormer) {
      close(change, from, epochs);
    }
    for (Fact fact : change.facts()) {
      String home = fact.patient();
      String patient = fact.source().kind() == ResourceKind.PATIENT ? home : merges.resolve(home);
      Long epoch = epochs.get(patient);
      if (epoch == null) {
        throw new IllegalStateException(
            "Patient " + patient + " was merged while this was written; try again");
      }
      Fact row =
          fact.withPatient(patient)
              .withKnown(new KnownTime(from, null, basis(fact, former)), new Epochs(epoch, null));
      rows.addAll(rows(row, home, change.medication()));
    }
    if (change.kind() == ResourceKind.PATIENT) {
      flush(rows);
      merge(change, epochs, merges);
    }
  }

  /** What was written before there were states of Medications names one that is not known. */
  private static List<Object[]> rows(Fact fact, String home, @Nullable MedicationState medication) {
    if (Medications.reference(fact).isEmpty()) {
      return FactRows.of(fact, home);
    }
    MedicationState state = medication == null ? MedicationState.UNKNOWN : medication;
    return state.rows(fact).stream()
        .flatMap(row -> FactRows.of(row, home, state.number()).stream())
        .toList();
  }

  private static Basis basis(Fact fact, @Nullable KnownTime former) {
    return former != null && former.wasKnownLive() ? Basis.RECORDED : fact.known().basis();
  }

  /** Of the last version that had facts; with an end if they are gone. */
  private @Nullable KnownTime latest(Change change) {
    List<KnownTime> rows =
        jdbc.query(
            "select known_from, known_until, known_basis from clinical_fact where source_kind = ?"
                + " and source_id = ? order by case when epoch_to is null then 0 else 1 end,"
                + " source_version desc, known_from desc limit 1",
            (row, n) ->
                new KnownTime(
                    Instant.ofEpochMilli(row.getLong(1)),
                    row.getObject(2) == null ? null : Instant.ofEpochMilli(row.getLong(2)),
                    Basis.valueOf(row.getString(3))),
            change.kind().name(),
            change.id());
    return rows.isEmpty() ? null : rows.get(0);
  }

  private void close(Change change, Instant at, Map<String, Long> epochs) {
    List<String> patients = patientsWithOpenRows(change.kind(), change.id());
    for (String patient : patients) {
      jdbc.update(
          "update clinical_fact set known_until = ?, epoch_to = ? where source_kind = ? and"
              + " source_id = ? and patient = ? and epoch_to is null",
          at.toEpochMilli(),
          Objects.requireNonNull(epochs.get(patient)),
          change.kind().name(),
          change.id(),
          patient);
    }
  }

  private void erase(Change change) {
    jdbc.update(
        "delete from clinical_fact where source_kind = ? and source_id = ? and source_version = ?",
        change.kind().name(),
        change.id(),
        change.version());
  }

  /** Follows a Patient's link: moves the rows of every patient concerned to where they belong. */
  private void merge(Change change, Map<String, Long> epochs, Merges merges) {
    String target = change.cause() == Cause.DELETE ? null : change.mergedInto();
    String former = Merges.from(change.id(), jdbc);
    if (Objects.equals(target, former)) {
      return;
    }
    jdbc.update(
        "update patient_epoch set merged_into = ?, merged_at = ?, merged_epoch = ? where patient = ?",
        target,
        target == null ? null : change.at().toEpochMilli(),
        target == null ? null : epochs.get(change.id()),
        change.id());
    merges.forget();
    for (String at : epochs.keySet()) {
      List<HeldFact> rows = HeldFact.read(jdbc, "f.patient = ? and f.source_kind <> 'PATIENT'", at);
      rows.forEach(held -> move(held, change.at(), epochs, merges));
    }
    // Rows go as they are: what they lack, whoever gets them lacks.
    String places = Ledger.places(epochs.keySet());
    List<String> both = new ArrayList<>(epochs.keySet());
    both.addAll(epochs.keySet());
    jdbc.update(
        "update patient_epoch set projection = (select min(p.projection) from patient_epoch p"
            + " where p.patient in ("
            + places
            + ")) where patient in ("
            + places
            + ")",
        both.toArray());
  }

  private void move(HeldFact held, Instant at, Map<String, Long> epochs, Merges merges) {
    Fact fact = held.fact();
    String to = merges.resolve(held.home());
    if (!to.equals(fact.patient())) {
      Epochs opened = new Epochs(Objects.requireNonNull(epochs.get(to)), null);
      held.replace(
          jdbc,
          fact.withPatient(to).withKnown(new KnownTime(at, null, Basis.RECORDED), opened),
          Objects.requireNonNull(epochs.get(fact.patient())),
          null);
    }
  }

  /** The patients whose rows a change may close or open, merges followed. */
  private TreeSet<String> touched(Change change, Merges merges) {
    TreeSet<String> patients = new TreeSet<>();
    if (change.version() != 1 || change.cause() != Cause.WRITE) {
      patients.addAll(patientsWithOpenRows(change.kind(), change.id()));
    }
    String home = change.home();
    if (home != null) {
      patients.add(home);
      patients.add(merges.resolve(home));
    }
    if (change.kind() == ResourceKind.PATIENT) {
      patients.add(change.id());
      String former = Merges.from(change.id(), jdbc);
      String target = change.mergedInto();
      if (!Objects.equals(former, target)) {
        patients.add(merges.resolve(change.id()));
        if (target != null) {
          patients.add(target);
          patients.add(merges.resolve(target));
        }
        patients.addAll(homesAt(Set.copyOf(patients)));
      }
    }
    return patients;
  }

  private List<String> homesAt(Set<String> patients) {
    List<String> homes = new ArrayList<>();
    for (String patient : patients) {
      homes.addAll(
          jdbc.queryForList(
              "select distinct home_patient from clinical_fact where patient = ? and epoch_to is"
                  + " null",
              String.class,
              patient));
    }
    return homes;
  }

  private List<String> patientsWithOpenRows(ResourceKind kind, String id) {
    return jdbc.queryForList(
        "select distinct patient from clinical_fact where source_kind = ? and source_id = ? and"
            + " epoch_to is null",
        String.class,
        kind.name(),
        id);
  }

  /** HAPI may announce a write that changed nothing. */
  private boolean isRepeated(Change change) {
    if (change.cause() != Cause.WRITE || change.version() == 1) {
      return false;
    }
    Integer before =
        jdbc.queryForObject(
            "select count(*) from timeline_change where source_kind = ? and source_id = ? and"
                + " source_version = ? and cause = 'WRITE'",
            Integer.class,
            change.kind().name(),
            change.id(),
            change.version());
    return before != null && before > 0;
  }

  private void flush(List<Object[]> rows) {
    if (!rows.isEmpty()) {
      jdbc.batchUpdate(FactRows.INSERT, rows);
      rows.clear();
    }
  }
}
