package org.auscult.server.performance;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.auscult.feature.fhir.Problem;
import org.auscult.model.PredictionModel;
import org.auscult.server.training.AskedCohort;
import org.auscult.statistics.fairness.SmallCells;
import org.hl7.fhir.r4.model.MeasureReport;
import org.jspecify.annotations.Nullable;

/** How a model did over any stretch of time, of whomever is asked about, worked out at once. */
public final class OnDemand {
  /** Each of them is asked whether its patient was of the cohort, while the caller waits. */
  private static final long MOST_OF_COHORT = 20_000;

  private final Descriptions descriptions;
  private final Performance performance;

  OnDemand(Descriptions descriptions, Performance performance) {
    this.descriptions = descriptions;
    this.performance = performance;
  }

  /** Looks up to what predictions belong, as far as nobody has. */
  void describe(Instant now) {
    descriptions.describeAll(now, () -> true);
  }

  /**
   * The report.
   *
   * @param cohort null for everybody
   * @param problems why nothing may be told is added
   * @return empty if nothing may be told, or the model is not here any more
   */
  Optional<MeasureReport> report(
      PredictionRows.Asked asked, @Nullable AskedCohort cohort, List<Problem> problems) {
    if (cohort == null) {
      return performance.report(asked, null);
    }
    Optional<PredictionModel> model = performance.model(asked.series());
    if (model.isEmpty()) {
      return Optional.empty();
    }
    if (performance.count(asked) > MOST_OF_COHORT) {
      problems.add(
          problem(
              "cohort",
              "there are more than " + MOST_OF_COHORT + " predictions to ask it of",
              "Ask about a shorter stretch of time."));
      return Optional.empty();
    }
    MeasureReport report = performance.report(model.get(), asked, cohort);
    if (report == null) {
      problems.add(
          problem(
              "cohort",
              "it, or what is left without it, is "
                  + SmallCells.MOST_HIDDEN
                  + " people or fewer in this stretch of time",
              "Ask about a longer stretch, or another cohort."));
    }
    return Optional.ofNullable(report);
  }

  /** Says it if both a site and a cohort are given. */
  public static void notBoth(String site, String cohort, List<Problem> problems) {
    if (!site.isEmpty() && !cohort.isEmpty()) {
      problems.add(
          problem(
              "cohort",
              "it is given together with a site",
              "Give one of them: what a cohort is beyond a site would follow from two answers."));
    }
  }

  /**
   * Reads a time.
   *
   * @param name of the parameter
   * @param text empty if it is not given
   * @return empty if it is none, which is added to the problems
   */
  public static Optional<Instant> time(String name, String text, List<Problem> problems) {
    try {
      // An unescaped plus in a query arrives as a blank.
      return Optional.of(OffsetDateTime.parse(text.replace(' ', '+')).toInstant());
    } catch (DateTimeException e) {
      problems.add(
          problem(
              name,
              text.isEmpty() ? "it is missing" : "'" + text + "' is no time",
              "Give a time such as 2024-05-01T00:00:00Z."));
      return Optional.empty();
    }
  }

  /** Says it if a stretch of time does not end after it begins. */
  public static void inOrder(
      Optional<Instant> start, Optional<Instant> end, List<Problem> problems) {
    if (start.isPresent() && end.isPresent() && !start.get().isBefore(end.get())) {
      problems.add(problem("end", "it is not after the start", "Give a later one."));
    }
  }

  static Problem problem(String name, String what, String remedy) {
    return new Problem("Parameters.parameter('" + name + "')", name + ": " + what, remedy);
  }
}
