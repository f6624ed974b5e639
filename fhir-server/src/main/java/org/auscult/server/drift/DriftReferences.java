package org.auscult.server.drift;

import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.auscult.model.PredictionModel;
import org.auscult.monitoring.drift.DriftCalendar;
import org.auscult.monitoring.drift.ServedRows;
import org.hl7.fhir.r4.model.MeasureReport;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Makes reference windows, each once. */
final class DriftReferences {
  private final DriftStore store;
  private final ServedJournal journal;
  private final Drift drift;
  private final IFhirResourceDao<MeasureReport> reports;
  private final JdbcTemplate jdbc;
  private final TransactionTemplate transaction;
  private final DriftCalendar calendar;

  DriftReferences(
      DriftStore store,
      ServedJournal journal,
      Drift drift,
      IFhirResourceDao<MeasureReport> reports,
      JdbcTemplate jdbc,
      TransactionTemplate transaction,
      DriftCalendar calendar) {
    this.store = store;
    this.journal = journal;
    this.drift = drift;
    this.reports = reports;
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.calendar = calendar;
  }

  /** One that is here. */
  Optional<DriftReference> find(String id) {
    return store.find(id);
  }

  /**
   * The one that a model's windows are held against: the first full weeks of its service, made as
   * soon as they are over.
   *
   * @return empty if they are not yet, or have too few patients
   */
  Optional<DriftReference> standard(PredictionModel model, Instant now) {
    Optional<DriftReference> made = store.standard(model.canonical());
    if (made.isPresent()) {
      return made;
    }
    Instant first = first(model.canonical());
    if (first == null) {
      return Optional.empty();
    }
    return calendar
        .reference(first, now, (start, end) -> patients(model.canonical(), start, end))
        .flatMap(
            stretch -> make(model, stretch.start(), stretch.end(), DriftStore.Standing.DEFAULT));
  }

  /** When a model spoke first. */
  private @Nullable Instant first(String model) {
    return jdbc
        .queryForList(
            "select min(index_time) from monitored_prediction where model = ?", Long.class, model)
        .stream()
        .filter(Objects::nonNull)
        .map(Instant::ofEpochMilli)
        .findFirst()
        .orElse(null);
  }

  private long patients(String model, Instant start, Instant end) {
    Long patients =
        jdbc.queryForObject(
            "select count(distinct patient) from monitored_prediction where model = ? and"
                + " index_time >= ? and index_time < ?",
            Long.class,
            model,
            start.toEpochMilli(),
            end.toEpochMilli());
    return Objects.requireNonNullElse(patients, 0L);
  }

  /**
   * The reference of a stretch of time that is over; what was made before stays as it is.
   *
   * @return empty if it has ten rows or fewer
   */
  Optional<DriftReference> make(
      PredictionModel model, Instant start, Instant end, DriftStore.Standing standing) {
    String id = DriftResources.referenceId(model.canonical(), start, end);
    Optional<DriftReference> before = store.find(id);
    if (before.isPresent()) {
      if (standing == DriftStore.Standing.DEFAULT) {
        store.makeDefault(id);
      }
      return before;
    }
    ServedRows rows =
        Objects.requireNonNull(
            journal.read(start, end, Set.of(model.canonical())).get(model.canonical()));
    Optional<DriftReference> made = drift.reference(model, start, end, rows);
    if (made.isEmpty()) {
      return made;
    }
    DriftReference reference = made.get();
    try {
      transaction.executeWithoutResult(
          status -> {
            store.insert(reference, standing);
            reports.update(ReferenceResources.of(model, reference), new SystemRequestDetails());
          });
      return made;
    } catch (DuplicateKeyException e) {
      // Another node was first, and it stays what that one made.
      return store.find(id);
    }
  }
}
