package org.auscult.server.performance;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.auscult.feature.fhir.Problem;
import org.auscult.server.feature.Refused;
import org.auscult.server.report.ReportEvents;
import org.auscult.server.report.Series;
import org.auscult.server.training.AskedCohort;
import org.auscult.server.training.AskedCohorts;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/** How a model did over any stretch of time, worked out at once. Answers hold no patient data. */
public final class PerformanceOperations {
  private static final String REFUSED = "Nothing can be told of this";

  private final OnDemand demand;
  private final Performance performance;
  private final ReportEvents events;
  private final AskedCohorts cohorts;
  private final InstantSource clock;

  PerformanceOperations(
      OnDemand demand,
      Performance performance,
      ReportEvents events,
      AskedCohorts cohorts,
      InstantSource clock) {
    this.demand = demand;
    this.performance = performance;
    this.events = events;
    this.cohorts = cohorts;
    this.clock = clock;
  }

  /**
   * A MeasureReport for each output of a model that was asked.
   *
   * @param model {@code url|version}
   * @param output its name; every one if not given
   * @param start first time of a prediction, inclusive
   * @param end exclusive; now if not given
   * @param site id of an Organization, whose predictions alone count; all if not given
   * @param cohort a Group, whose members' predictions alone count; all if not given
   */
  @Operation(name = "$monitor", idempotent = true, canonicalUrl = PerformanceUrls.MONITOR)
  public Bundle monitor(
      @OperationParam(name = "model", min = 1) @Nullable StringType model,
      @OperationParam(name = "output") @Nullable StringType output,
      @OperationParam(name = "start", min = 1) @Nullable StringType start,
      @OperationParam(name = "end") @Nullable StringType end,
      @OperationParam(name = "site") @Nullable StringType site,
      @OperationParam(name = "cohort") @Nullable StringType cohort,
      RequestDetails request) {
    List<Problem> problems = new ArrayList<>();
    Instant now = clock.instant();
    String canonical = text(model).orElse("");
    List<Series> known =
        performance.series().stream().filter(s -> s.model().equals(canonical)).toList();
    if (known.isEmpty()) {
      problems.add(
          OnDemand.problem(
              "model",
              "'" + canonical + "' has made no prediction here",
              "Give one as url|version; search Library?type=… for those that are here."));
    }
    List<Series> asked =
        known.stream()
            .filter(s -> text(output).isEmpty() || s.output().equals(text(output).get()))
            .toList();
    if (!known.isEmpty() && asked.isEmpty()) {
      problems.add(
          OnDemand.problem(
              "output",
              "the model has no output '" + text(output).orElse("") + "'",
              "Give one of " + known.stream().map(Series::output).toList() + "."));
    }
    Optional<Instant> from = OnDemand.time("start", text(start).orElse(""), problems);
    Optional<Instant> to =
        text(end).isEmpty()
            ? Optional.of(now)
            : OnDemand.time("end", text(end).orElseThrow(), problems);
    OnDemand.inOrder(from, to, problems);
    Optional<AskedCohort> members =
        text(cohort).flatMap(group -> cohorts.read("cohort", group, request, problems));
    OnDemand.notBoth(text(site).orElse(""), text(cohort).orElse(""), problems);
    Refused.ifAny(REFUSED, problems);
    demand.describe(now);
    ReportEvents.Known marks = events.read();
    Bundle bundle = new Bundle();
    bundle.setType(BundleType.COLLECTION);
    for (Series series : asked) {
      PredictionRows.Asked of =
          new PredictionRows.Asked(
              series, from.orElseThrow(), to.orElseThrow(), now, text(site).orElse(null));
      Optional<MeasureReport> report = demand.report(of, members.orElse(null), problems);
      report.ifPresent(
          told -> bundle.addEntry().setResource(marks.mark(told, of.start(), of.end())));
    }
    Refused.ifAny(REFUSED, problems);
    return bundle;
  }

  private static Optional<String> text(@Nullable StringType given) {
    return given == null || given.isEmpty()
        ? Optional.empty()
        : Optional.of(given.getValueNotNull().strip());
  }
}
