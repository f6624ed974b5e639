package org.auscult.server.timeline;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.auscult.server.timeline.Change.Cause;
import org.auscult.server.timeline.Ledger.Entry;
import org.auscult.server.timeline.Ledger.Key;
import org.auscult.timeline.ResourceKind;
import org.auscult.timeline.fhir.FactProjector;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes a patient's timeline anew from the ledger and the resources' history, with the code that
 * writes it live, and tells how it differs from the live one.
 *
 * <p>Idea: in one transaction the rows of the patient, and of all whom a merge or a corrected
 * subject binds to it, are erased and replayed in their former epochs; then they are compared row
 * by row, and the transaction is kept or rolled back. Readers never see it half done. Writers of
 * these patients wait for it.
 *
 * <p>Versions are read before the transaction, for a missing one would spoil it. Those that were
 * expunged state no facts; the epochs around them stay as they were.
 */
public final class TimelineRebuild {
  /** Whether the rebuilt rows are kept. */
  public enum Mode {
    COMPARE,
    WRITE
  }

  /**
   * What a rebuild found.
   *
   * @param patients the patient and those rebuilt with it, sorted
   * @param liveRows rows before
   * @param rebuiltRows rows after
   * @param differingRows rows that stand on one side only
   * @param examples some of those, by source and column, without values
   */
  public record Outcome(
      List<String> patients,
      int liveRows,
      int rebuiltRows,
      int differingRows,
      List<String> examples) {
    public Outcome {
      patients = List.copyOf(patients);
      examples = List.copyOf(examples);
    }
  }

  /** The patient was written to again and again while it was to be rebuilt. */
  public static final class Busy extends RuntimeException {
    private static final long serialVersionUID = 1;

    Busy(String message) {
      super(message);
    }
  }

  private static final int ATTEMPTS = 5;

  private final JdbcTemplate jdbc;
  private final TransactionTemplate transaction;
  private final TimelineWriter writer;
  private final FactProjector projector;
  private final VersionReader versions;
  private final StoredMedications medications;
  private final Ledger ledger;

  TimelineRebuild(
      JdbcTemplate jdbc,
      TransactionTemplate transaction,
      TimelineWriter writer,
      FactProjector projector,
      VersionReader versions,
      StoredMedications medications) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.writer = writer;
    this.projector = projector;
    this.versions = versions;
    this.medications = medications;
    this.ledger = new Ledger(jdbc);
  }

  /**
   * Rebuilds one patient.
   *
   * @return empty if the timeline knows no such patient
   * @throws Busy if the patient was written to again and again meanwhile
   */
  public Optional<Outcome> rebuild(String patient, Mode mode) {
    Integer known =
        jdbc.queryForObject(
            "select count(*) from patient_epoch where patient = ?", Integer.class, patient);
    if (known == null || known == 0) {
      return Optional.empty();
    }
    Map<Key, Change> changes = new HashMap<>();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      readVersions(ledger.entries(ledger.family(patient)), changes);
      Outcome outcome = transaction.execute(status -> replay(patient, mode, changes, status));
      if (outcome != null) {
        return Optional.of(outcome);
      }
    }
    throw new Busy("Patient/" + patient + " is being written to; rebuild its timeline later");
  }

  /**
   * The patients that the timeline knows, in a stable order.
   *
   * @param after those up to this id are left out; empty for none
   */
  public List<String> patients(String after, int most) {
    return jdbc.queryForList(
        "select patient from patient_epoch where patient > ? order by patient limit ?",
        String.class,
        after,
        most);
  }

  /** How many patients the timeline knows after this id. */
  public int remaining(String after) {
    return Objects.requireNonNull(
        jdbc.queryForObject(
            "select count(*) from patient_epoch where patient > ?", Integer.class, after));
  }

  private void readVersions(List<Entry> entries, Map<Key, Change> changes) {
    Map<String, @Nullable String> links = new HashMap<>();
    for (Entry entry : entries) {
      Key key = entry.key();
      Change change = changes.computeIfAbsent(key, k -> change(k, links.get(k.id())));
      if (key.kind() == ResourceKind.PATIENT) {
        links.put(key.id(), change.mergedInto());
      }
    }
  }

  /**
   * @param link where the Patient's former version was merged into: what stands if this one was
   *     expunged
   */
  private Change change(Key key, @Nullable String link) {
    Optional<Resource> resource =
        key.cause() == Cause.WRITE
            ? versions.read(key.kind(), key.id(), key.version())
            : Optional.empty();
    Long state = key.medicationState();
    Change change =
        resource
            .map(
                r ->
                    TransactionalChangeRecorder.change(
                        projector, r, key.kind(), key.cause(), key.at()))
            .orElseGet(() -> unread(key, link));
    return state == null ? change : change.withMedication(medications.state(state));
  }

  private static Change unread(Key key, @Nullable String link) {
    return new Change(
        key.cause(),
        key.kind(),
        key.id(),
        key.version(),
        null,
        List.of(),
        key.at(),
        key.cause() == Cause.WRITE ? link : null,
        null);
  }

  /** Null if the ledger has grown since the versions were read. */
  private @Nullable Outcome replay(
      String patient, Mode mode, Map<Key, Change> changes, TransactionStatus status) {
    TreeSet<String> family = ledger.family(patient);
    for (String member : family) {
      jdbc.queryForList(
          "select epoch from patient_epoch where patient = ? for update", Long.class, member);
    }
    List<Entry> entries = ledger.entries(family);
    if (!ledger.family(patient).equals(family)
        || !entries.stream().allMatch(e -> changes.containsKey(e.key()))) {
      status.setRollbackOnly();
      return null;
    }
    RowBag live = RowBag.read(jdbc, family);
    erase(family);
    for (Entry entry : entries) {
      writer.replay(Objects.requireNonNull(changes.get(entry.key())), entry.epochs());
    }
    RowBag rebuilt = RowBag.read(jdbc, family);
    // All of them were written by this projection.
    jdbc.update(
        "update patient_epoch set projection = "
            + FactProjector.VERSION
            + " where patient in ("
            + Ledger.places(family)
            + ")",
        family.toArray());
    if (mode == Mode.COMPARE) {
      status.setRollbackOnly();
    } else {
      writer.rebuilt(family);
    }
    return new Outcome(
        new ArrayList<>(family),
        live.size(),
        rebuilt.size(),
        live.differences(rebuilt),
        live.examples(rebuilt));
  }

  private void erase(Collection<String> family) {
    jdbc.update(
        "delete from clinical_fact where patient in (" + Ledger.places(family) + ")",
        family.toArray());
    List<Object> arguments = new ArrayList<>();
    arguments.add(PatientEpochs.generation());
    arguments.addAll(family);
    jdbc.update(
        "update patient_epoch set generation = ?, merged_into = null, merged_at = null,"
            + " merged_epoch = null where patient in ("
            + Ledger.places(family)
            + ")",
        arguments.toArray());
  }
}
