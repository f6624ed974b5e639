package org.auscult.server.drift;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.auscult.feature.fhir.Problem;
import org.auscult.model.ModelCatalog;
import org.auscult.model.PredictionModel;
import org.auscult.model.RegisteredModel;
import org.auscult.monitoring.drift.ServedRows;
import org.auscult.server.feature.Refused;
import org.auscult.server.report.ReportEvents;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/** Drift over any stretch of time, and reference windows. Answers hold no patient data. */
public final class DriftOperations {
  private static final String REFERENCE = "MeasureReport/";

  private final ModelCatalog models;
  private final DriftReferences references;
  private final ServedJournal journal;
  private final Drift drift;
  private final ReportEvents events;
  private final InstantSource clock;

  DriftOperations(
      ModelCatalog models,
      DriftReferences references,
      ServedJournal journal,
      Drift drift,
      ReportEvents events,
      InstantSource clock) {
    this.models = models;
    this.references = references;
    this.journal = journal;
    this.drift = drift;
    this.events = events;
    this.clock = clock;
  }

  /**
   * How what a model was given stands to a reference, and why it differs.
   *
   * @param model {@code url|version}
   * @param start of predictions recorded then or later
   * @param end exclusive; now if not given
   * @param reference a reference window, such as {@code MeasureReport/drift-reference-…}; the
   *     model's own if not given
   */
  @Operation(name = "$drift", idempotent = true, canonicalUrl = DriftUrls.DRIFT)
  public MeasureReport drift(
      @OperationParam(name = "model", min = 1) @Nullable StringType model,
      @OperationParam(name = "start", min = 1) @Nullable StringType start,
      @OperationParam(name = "end") @Nullable StringType end,
      @OperationParam(name = "reference") @Nullable StringType reference) {
    Instant now = clock.instant();
    Question question = new Question();
    Optional<PredictionModel> of = question.model(model);
    Optional<Instant> from = question.required("start", start);
    Optional<Instant> to = text(end).isEmpty() ? Optional.of(now) : question.time("end", end);
    question.ordered(from, to);
    Optional<DriftReference> against =
        of.flatMap(known -> question.reference(known, reference, now));
    question.check();
    PredictionModel known = of.orElseThrow();
    Instant first = from.orElseThrow();
    Instant last = to.orElseThrow();
    ServedRows rows =
        Objects.requireNonNull(
            journal.read(first, last, Set.of(known.canonical())).get(known.canonical()));
    MeasureReport report = drift.report(known, against.orElseThrow(), first, last, null, rows);
    return events.read().mark(report, first, last);
  }

  /**
   * Makes a stretch of time a reference window; what was made before stays as it is.
   *
   * @param model {@code url|version}
   * @param start of predictions recorded then or later
   * @param end exclusive; not later than now
   */
  @Operation(name = "$drift-reference", canonicalUrl = DriftUrls.DRIFT_REFERENCE)
  public MeasureReport reference(
      @OperationParam(name = "model", min = 1) @Nullable StringType model,
      @OperationParam(name = "start", min = 1) @Nullable StringType start,
      @OperationParam(name = "end", min = 1) @Nullable StringType end) {
    Question question = new Question();
    Optional<PredictionModel> of = question.model(model);
    Optional<Instant> from = question.required("start", start);
    Optional<Instant> to = question.required("end", end);
    question.ordered(from, to);
    if (to.isPresent() && to.get().isAfter(clock.instant())) {
      question.refuse("end", "it is not over yet", "Give a time that is past.");
    }
    question.check();
    Optional<DriftReference> made =
        references.make(
            of.orElseThrow(), from.orElseThrow(), to.orElseThrow(), DriftStore.Standing.OTHER);
    if (made.isEmpty()) {
      question.refuse(
          "start", "there were ten patients or fewer from then on", "Give a longer stretch.");
    }
    question.check();
    return ReferenceResources.of(of.orElseThrow(), made.orElseThrow());
  }

  /** What is asked, and all that is wrong with it. */
  private final class Question {
    private final List<Problem> problems = new ArrayList<>();

    void refuse(String name, String what, String remedy) {
      problems.add(new Problem("Parameters.parameter('" + name + "')", name + ": " + what, remedy));
    }

    void check() {
      Refused.ifAny("Nothing can be told of this", problems);
    }

    Optional<PredictionModel> model(@Nullable StringType given) {
      String canonical = text(given).orElse("");
      Optional<PredictionModel> found = models.find(canonical).map(RegisteredModel::model);
      if (found.isEmpty()) {
        refuse(
            "model",
            "'" + canonical + "' is no registered model of this server",
            "Give one as url|version; search Library?type=… for those that are here.");
      }
      return found;
    }

    Optional<Instant> required(String name, @Nullable StringType given) {
      if (text(given).isEmpty()) {
        refuse(name, "it is missing", "Give a time such as 2024-05-01T00:00:00Z.");
      }
      return time(name, given);
    }

    Optional<Instant> time(String name, @Nullable StringType given) {
      Optional<String> text = text(given);
      try {
        // An unescaped plus in a query arrives as a blank.
        return text.map(t -> OffsetDateTime.parse(t.replace(' ', '+')).toInstant());
      } catch (DateTimeException e) {
        refuse(
            name, "'" + text.orElse("") + "' is no time", "Give one such as 2024-05-01T00:00:00Z.");
        return Optional.empty();
      }
    }

    void ordered(Optional<Instant> from, Optional<Instant> to) {
      if (from.isPresent() && to.isPresent() && !from.get().isBefore(to.get())) {
        refuse("end", "it is not after the start", "Give a later one.");
      }
    }

    Optional<DriftReference> reference(
        PredictionModel model, @Nullable StringType given, Instant now) {
      Optional<String> id =
          text(given).map(t -> t.startsWith(REFERENCE) ? t.substring(REFERENCE.length()) : t);
      if (id.isEmpty()) {
        Optional<DriftReference> standard = references.standard(model, now);
        if (standard.isEmpty()) {
          refuse(
              "reference",
              "the model has no reference window yet",
              "Make one by $drift-reference, and name it.");
        }
        return standard;
      }
      Optional<DriftReference> named =
          references.find(id.get()).filter(one -> one.model().equals(model.canonical()));
      if (named.isEmpty()) {
        refuse(
            "reference",
            "'" + id.get() + "' is no reference window of this model",
            "Search MeasureReport?measure=" + DriftUrls.MEASURE + " for those that are here.");
      }
      return named;
    }
  }

  private static Optional<String> text(@Nullable StringType given) {
    return given == null || given.isEmpty()
        ? Optional.empty()
        : Optional.of(given.getValueNotNull().strip());
  }
}
