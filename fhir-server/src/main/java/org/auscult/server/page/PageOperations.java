package org.auscult.server.page;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.auscult.feature.fhir.FeatureUrls;
import org.auscult.feature.fhir.Problem;
import org.auscult.monitoring.page.ModelPage;
import org.auscult.monitoring.page.ReportPage;
import org.auscult.monitoring.page.Sheet;
import org.auscult.monitoring.page.SummaryPage;
import org.auscult.monitoring.performance.ReportWindow;
import org.auscult.monitoring.performance.ReportWindow.Kind;
import org.auscult.server.feature.Refused;
import org.auscult.server.performance.ModelWindows;
import org.auscult.server.performance.OnDemand;
import org.auscult.server.report.Series;
import org.auscult.server.training.AskedCohort;
import org.auscult.server.training.AskedCohorts;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/** What monitoring tells of a model, as a page. Pages hold no patient data. */
public final class PageOperations {
  private static final String MODEL_REPORT = FeatureUrls.BASE + "/OperationDefinition/model-report";
  private static final String POLICY =
      "default-src 'none'; style-src " + Sheet.styleHash() + "; frame-ancestors 'none'";

  private static final String REFUSED = "There is no page of this";

  private final ModelWindows windows;
  private final ModelPages pages;
  private final AskedCohorts cohorts;
  private final ZoneId zone;
  private final InstantSource clock;

  PageOperations(
      ModelWindows windows,
      ModelPages pages,
      AskedCohorts cohorts,
      ZoneId zone,
      InstantSource clock) {
    this.windows = windows;
    this.pages = pages;
    this.cohorts = cohorts;
    this.zone = zone;
    this.clock = clock;
  }

  /**
   * A page of one output of a model and one window, or any stretch of time.
   *
   * @param model {@code url|version}
   * @param window month with which it ends, such as {@code 2024-03}; not with a start
   * @param kind {@code month}, which it is if not given, or {@code quarter}: three months
   * @param output its name; it may be left out if the model has one
   * @param summary {@code true} for one page in plain words, of a window's own report
   * @param start first time of a prediction, inclusive; with an end, in the place of a window
   * @param end exclusive
   * @param site id of an Organization, whose predictions alone count; all if not given
   * @param cohort a Group, whose members' predictions alone count; all if not given
   */
  @Operation(
      name = "$model-report",
      idempotent = true,
      manualResponse = true,
      canonicalUrl = MODEL_REPORT)
  public void report(
      @OperationParam(name = "model", min = 1) @Nullable StringType model,
      @OperationParam(name = "window") @Nullable StringType window,
      @OperationParam(name = "kind") @Nullable StringType kind,
      @OperationParam(name = "output") @Nullable StringType output,
      @OperationParam(name = "summary") @Nullable StringType summary,
      @OperationParam(name = "start") @Nullable StringType start,
      @OperationParam(name = "end") @Nullable StringType end,
      @OperationParam(name = "site") @Nullable StringType site,
      @OperationParam(name = "cohort") @Nullable StringType cohort,
      RequestDetails request,
      HttpServletResponse response)
      throws IOException {
    Instant now = clock.instant();
    List<Problem> problems = new ArrayList<>();
    Optional<Series> series = series(text(model), text(output), problems);
    Optional<Kind> of = kind(text(kind), problems);
    boolean isSummary = isTrue(text(summary), problems);
    boolean isStretch = !text(start).isEmpty() || !text(end).isEmpty();
    boolean isDemand = isStretch || !text(site).isEmpty() || !text(cohort).isEmpty();
    if (isDemand && isSummary) {
      problems.add(
          problem("summary", "there is one of a window's own report alone", "Leave it out."));
    }
    if (isStretch && !text(window).isEmpty()) {
      problems.add(problem("window", "it is given together with a start", "Give one of them."));
    }
    Optional<ReportWindow> over =
        isStretch
            ? stretch(text(start), text(end), problems)
            : month(text(window), problems).flatMap(ending -> of.map(one -> over(one, ending)));
    Optional<AskedCohort> members =
        text(cohort).isEmpty()
            ? Optional.empty()
            : cohorts.read("cohort", text(cohort), request, problems);
    OnDemand.notBoth(text(site), text(cohort), problems);
    Refused.ifAny(REFUSED, problems);
    Optional<ModelWindows.Told> told =
        isDemand
            ? windows.asked(
                series.orElseThrow(),
                over.orElseThrow(),
                text(site).isEmpty() ? null : text(site),
                members.orElse(null),
                now,
                problems)
            : windows.told(
                series.orElseThrow(), of.orElseThrow(), YearMonth.parse(text(window)), now);
    if (told.isEmpty() && problems.isEmpty()) {
      problems.add(
          nothing(
              series.orElseThrow(),
              isStretch ? "start" : "window",
              isStretch ? "this stretch of time" : "the window that ends with " + text(window),
              now));
    }
    Refused.ifAny(REFUSED, problems);
    ModelPage page = pages.of(series.orElseThrow(), told.orElseThrow());
    byte[] bytes =
        (isSummary ? SummaryPage.of(page) : ReportPage.of(page)).getBytes(StandardCharsets.UTF_8);
    response.setStatus(HttpServletResponse.SC_OK);
    response.setContentType("text/html;charset=UTF-8");
    response.setHeader("Content-Security-Policy", POLICY);
    response.setContentLength(bytes.length);
    response.getOutputStream().write(bytes);
  }

  private static Optional<ReportWindow> stretch(String start, String end, List<Problem> problems) {
    Optional<Instant> from = OnDemand.time("start", start, problems);
    Optional<Instant> to = OnDemand.time("end", end, problems);
    OnDemand.inOrder(from, to, problems);
    return problems.isEmpty()
        ? Optional.of(new ReportWindow(Kind.MONTH, from.orElseThrow(), to.orElseThrow()))
        : Optional.empty();
  }

  private ReportWindow over(Kind kind, YearMonth ending) {
    return ReportWindow.endingWith(kind, ending.atDay(1), zone);
  }

  private Optional<Series> series(String model, String output, List<Problem> problems) {
    List<Series> known = windows.of(model);
    if (known.isEmpty()) {
      problems.add(
          problem(
              "model",
              "'" + model + "' has made no prediction here",
              "Give one as url|version; search Library?type=… for those that are here."));
      return Optional.empty();
    }
    List<Series> asked =
        known.stream().filter(s -> output.isEmpty() || s.output().equals(output)).toList();
    if (asked.size() != 1) {
      String what =
          asked.isEmpty()
              ? "the model has no output '" + output + "'"
              : "the model has several outputs";
      problems.add(
          problem(
              "output", what, "Give one of " + known.stream().map(Series::output).toList() + "."));
      return Optional.empty();
    }
    return Optional.of(asked.get(0));
  }

  private static Optional<YearMonth> month(String window, List<Problem> problems) {
    try {
      return Optional.of(YearMonth.parse(window));
    } catch (DateTimeException e) {
      problems.add(
          problem(
              "window",
              "'" + window + "' is no month",
              "Give the month with which the window ends, such as 2024-03."));
      return Optional.empty();
    }
  }

  private static Optional<Kind> kind(String kind, List<Problem> problems) {
    Optional<Kind> of =
        kind.isEmpty() ? Optional.of(Kind.MONTH) : Kind.of(kind).filter(one -> one != Kind.WEEK);
    if (of.isEmpty()) {
      problems.add(
          problem("kind", "'" + kind + "' is no kind of window", "Give month or quarter."));
    }
    return of;
  }

  private static boolean isTrue(String summary, List<Problem> problems) {
    if (!List.of("", "true", "false").contains(summary)) {
      problems.add(problem("summary", "'" + summary + "' says neither", "Give true or false."));
    }
    return summary.equals("true");
  }

  private Problem nothing(Series series, String name, String where, Instant now) {
    String since =
        windows
            .first(series, now)
            .map(first -> "It was first asked in " + first + ".")
            .orElse("It was never asked.");
    return problem(name, "the model made no prediction in " + where, since);
  }

  private static Problem problem(String name, String what, String remedy) {
    return new Problem("Parameters.parameter('" + name + "')", name + ": " + what, remedy);
  }

  private static String text(@Nullable StringType given) {
    return given == null || given.isEmpty() ? "" : given.getValueNotNull().strip();
  }
}
