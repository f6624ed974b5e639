package org.auscult.server.performance;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.auscult.feature.fhir.Problem;
import org.auscult.server.feature.Refused;
import org.auscult.server.report.ReportEvents;
import org.auscult.server.report.Series;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/** How a model did over any stretch of time, worked out at once. Answers hold no patient data. */
public final class PerformanceOperations {
  private final Descriptions descriptions;
  private final Performance performance;
  private final ReportEvents events;
  private final InstantSource clock;

  PerformanceOperations(
      Descriptions descriptions,
      Performance performance,
      ReportEvents events,
      InstantSource clock) {
    this.descriptions = descriptions;
    this.performance = performance;
    this.events = events;
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
   */
  @Operation(name = "$monitor", idempotent = true, canonicalUrl = PerformanceUrls.MONITOR)
  public Bundle monitor(
      @OperationParam(name = "model", min = 1) @Nullable StringType model,
      @OperationParam(name = "output") @Nullable StringType output,
      @OperationParam(name = "start", min = 1) @Nullable StringType start,
      @OperationParam(name = "end") @Nullable StringType end,
      @OperationParam(name = "site") @Nullable StringType site) {
    List<Problem> problems = new ArrayList<>();
    Instant now = clock.instant();
    String canonical = text(model).orElse("");
    List<Series> known =
        performance.series().stream().filter(s -> s.model().equals(canonical)).toList();
    if (known.isEmpty()) {
      problems.add(
          problem(
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
          problem(
              "output",
              "the model has no output '" + text(output).orElse("") + "'",
              "Give one of " + known.stream().map(Series::output).toList() + "."));
    }
    Optional<Instant> from = time("start", start, problems);
    Optional<Instant> to = text(end).isEmpty() ? Optional.of(now) : time("end", end, problems);
    if (text(start).isEmpty()) {
      problems.add(problem("start", "it is missing", "Give a time such as 2024-05-01T00:00:00Z."));
    }
    if (from.isPresent() && to.isPresent() && !from.get().isBefore(to.get())) {
      problems.add(problem("end", "it is not after the start", "Give a later one."));
    }
    Refused.ifAny("Nothing can be told of this", problems);
    descriptions.describeAll(now, () -> true);
    ReportEvents.Known marks = events.read();
    Bundle bundle = new Bundle();
    bundle.setType(BundleType.COLLECTION);
    for (Series series : asked) {
      performance
          .report(
              new PredictionRows.Asked(
                  series, from.orElseThrow(), to.orElseThrow(), text(site).orElse(null)),
              null)
          .ifPresent(
              report -> {
                marks.mark(report, from.orElseThrow(), to.orElseThrow());
                bundle.addEntry().setResource(report);
              });
    }
    return bundle;
  }

  private static Optional<Instant> time(
      String name, @Nullable StringType given, List<Problem> problems) {
    Optional<String> text = text(given);
    try {
      // An unescaped plus in a query arrives as a blank.
      return text.map(t -> OffsetDateTime.parse(t.replace(' ', '+')).toInstant());
    } catch (DateTimeException e) {
      problems.add(
          problem(
              name,
              "'" + text.orElse("") + "' is no time",
              "Give one such as 2024-05-01T00:00:00Z."));
      return Optional.empty();
    }
  }

  private static Problem problem(String name, String what, String remedy) {
    return new Problem("Parameters.parameter('" + name + "')", name + ": " + what, remedy);
  }

  private static Optional<String> text(@Nullable StringType given) {
    return given == null || given.isEmpty()
        ? Optional.empty()
        : Optional.of(given.getValueNotNull().strip());
  }
}
