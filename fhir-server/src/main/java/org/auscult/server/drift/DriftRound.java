package org.auscult.server.drift;

import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.auscult.model.ModelCatalog;
import org.auscult.model.PredictionModel;
import org.auscult.monitoring.drift.DriftCalendar;
import org.auscult.monitoring.drift.ServedRows;
import org.auscult.monitoring.performance.ReportWindow;
import org.auscult.server.performance.PredictionRows;
import org.auscult.server.report.ReportEvents;
import org.auscult.server.report.ReportStore;
import org.auscult.server.report.Series;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.MeasureReport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a report for each calendar week and each month that is over, behind the reference.
 *
 * <p>Idea: what was served never changes, so a window is read once, for all models together; what
 * it was made of is told by a few numbers. Labels come late: where they alone have changed, they
 * alone are told anew. A report has an id that follows from model and window, and says nothing of
 * when it was made: so the same data give the same resource, and a node that does the work of
 * another one again changes nothing.
 */
final class DriftRound {
  private static final Logger LOG = LoggerFactory.getLogger(DriftRound.class);

  /** Changes when the same rows would give another report. */
  private static final String FORMAT = "1:";

  private final PredictionRows predictions;
  private final ModelCatalog models;
  private final DriftReferences references;
  private final ServedJournal journal;
  private final Drift drift;
  private final DriftLabels labels;
  private final ReportStore store;
  private final ReportEvents events;
  private final IFhirResourceDao<MeasureReport> reports;
  private final ZoneId zone;

  DriftRound(
      PredictionRows predictions,
      ModelCatalog models,
      DriftReferences references,
      ServedJournal journal,
      Drift drift,
      DriftLabels labels,
      ReportStore store,
      ReportEvents events,
      IFhirResourceDao<MeasureReport> reports,
      ZoneId zone) {
    this.predictions = predictions;
    this.models = models;
    this.references = references;
    this.journal = journal;
    this.drift = drift;
    this.labels = labels;
    this.store = store;
    this.events = events;
    this.reports = reports;
    this.zone = zone;
  }

  /** A model with what its windows are held against. */
  private record Watched(PredictionModel model, DriftReference reference) {}

  /** A report that is to be written. */
  private record Due(Watched watched, String id, String served, String later) {
    String madeOf() {
      return served + "#" + later;
    }

    /** That this model was not asked, so that there is no report, whatever labels say. */
    String nothing() {
      return served + "#nothing";
    }
  }

  /**
   * Does all that is to be done.
   *
   * @param goesOn asked before each window
   * @return how many reports were written
   */
  int run(Instant now, BooleanSupplier goesOn) {
    Map<ReportWindow, List<Watched>> windows = new LinkedHashMap<>();
    for (Watched one : watched(now)) {
      DriftCalendar.windows(one.reference().end(), now, zone)
          .forEach(window -> windows.computeIfAbsent(window, w -> new ArrayList<>()).add(one));
    }
    ReportEvents.Known known = events.read();
    int written = 0;
    for (Map.Entry<ReportWindow, List<Watched>> window : windows.entrySet()) {
      if (!goesOn.getAsBoolean()) {
        return written;
      }
      written += write(window.getKey(), window.getValue(), known);
    }
    if (written > 0) {
      LOG.info("{} drift reports written", written);
    }
    return written;
  }

  private List<Watched> watched(Instant now) {
    List<Watched> watched = new ArrayList<>();
    predictions.series().stream()
        .map(Series::model)
        .distinct()
        .flatMap(model -> models.find(model).stream())
        .forEach(
            registered ->
                references
                    .standard(registered.model(), now)
                    .ifPresent(
                        reference -> watched.add(new Watched(registered.model(), reference))));
    return watched;
  }

  private int write(ReportWindow window, List<Watched> watched, ReportEvents.Known known) {
    String served = FORMAT + journal.fingerprint(window.start(), window.end());
    if (served.startsWith(FORMAT + "0/")) {
      return 0;
    }
    int written = 0;
    List<Due> anew = new ArrayList<>();
    for (Watched one : watched) {
      Due due = due(one, window, served, known);
      Optional<String> before = store.madeOf(due.id());
      if (before.isEmpty() || !before.get().startsWith(due.served() + "#")) {
        anew.add(due);
      } else if (!before.get().equals(due.madeOf()) && !before.get().equals(due.nothing())) {
        tellAnew(due, window, known);
        written++;
      }
    }
    if (!anew.isEmpty()) {
      written += writeAnew(window, anew, known);
    }
    return written;
  }

  private Due due(Watched watched, ReportWindow window, String served, ReportEvents.Known known) {
    DriftReference reference = watched.reference();
    return new Due(
        watched,
        DriftResources.id(watched.model().canonical(), window),
        served + "/" + reference.sha256().substring(0, 16),
        labels.fingerprint(watched.model(), reference, window.start(), window.end())
            + known.fingerprint(window.start(), window.end()));
  }

  private int writeAnew(ReportWindow window, List<Due> anew, ReportEvents.Known known) {
    Map<String, ServedRows> rows =
        journal.read(
            window.start(),
            window.end(),
            anew.stream()
                .map(due -> due.watched().model().canonical())
                .collect(Collectors.toSet()));
    int written = 0;
    for (Due due : anew) {
      PredictionModel model = due.watched().model();
      ServedRows of = Objects.requireNonNull(rows.get(model.canonical()));
      if (of.predictions() == 0) {
        store.leaveOut(due.id(), due.nothing());
        continue;
      }
      MeasureReport report =
          drift.report(
              model, due.watched().reference(), window.start(), window.end(), window.kind(), of);
      store.write(
          due.id(),
          due.madeOf(),
          () -> Optional.of(known.mark(report, window.start(), window.end())));
      written++;
    }
    return written;
  }

  /** What was served is what it was; labels and events may not be. */
  private void tellAnew(Due due, ReportWindow window, ReportEvents.Known known) {
    IIdType id = new IdType("MeasureReport", due.id());
    MeasureReport report = reports.read(id, new SystemRequestDetails());
    DriftResources.relabel(
        report,
        labels.of(due.watched().model(), due.watched().reference(), window.start(), window.end()));
    store.write(
        due.id(),
        due.madeOf(),
        () -> Optional.of(known.mark(report, window.start(), window.end())));
  }
}
