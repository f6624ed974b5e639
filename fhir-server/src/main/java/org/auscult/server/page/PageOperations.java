package org.auscult.server.page;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.auscult.feature.fhir.FeatureUrls;
import org.auscult.feature.fhir.Problem;
import org.auscult.monitoring.page.ModelPage;
import org.auscult.monitoring.page.ReportPage;
import org.auscult.monitoring.page.Sheet;
import org.auscult.monitoring.page.SummaryPage;
import org.auscult.monitoring.performance.ReportWindow.Kind;
import org.auscult.server.feature.Refused;
import org.auscult.server.performance.ModelWindows;
import org.auscult.server.report.Series;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/** What monitoring tells of a model, as a page. Pages hold no patient data. */
public final class PageOperations {
  private static final String MODEL_REPORT = FeatureUrls.BASE + "/OperationDefinition/model-report";
  private static final String POLICY =
      "default-src 'none'; style-src " + Sheet.styleHash() + "; frame-ancestors 'none'";

  private final ModelWindows windows;
  private final ModelPages pages;
  private final InstantSource clock;

  PageOperations(ModelWindows windows, ModelPages pages, InstantSource clock) {
    this.windows = windows;
    this.pages = pages;
    this.clock = clock;
  }

  /**
   * A page of one output of a model and one window.
   *
   * @param model {@code url|version}
   * @param window month with which it ends, such as {@code 2024-03}
   * @param kind {@code month}, which it is if not given, or {@code quarter}: three months
   * @param output its name; it may be left out if the model has one
   * @param summary {@code true} for one page in plain words
   */
  @Operation(
      name = "$model-report",
      idempotent = true,
      manualResponse = true,
      canonicalUrl = MODEL_REPORT)
  public void report(
      @OperationParam(name = "model", min = 1) @Nullable StringType model,
      @OperationParam(name = "window", min = 1) @Nullable StringType window,
      @OperationParam(name = "kind") @Nullable StringType kind,
      @OperationParam(name = "output") @Nullable StringType output,
      @OperationParam(name = "summary") @Nullable StringType summary,
      HttpServletResponse response)
      throws IOException {
    Instant now = clock.instant();
    List<Problem> problems = new ArrayList<>();
    Optional<Series> series = series(text(model), text(output), problems);
    Optional<YearMonth> ending = month(text(window), problems);
    Optional<Kind> of = kind(text(kind), problems);
    boolean isSummary = isTrue(text(summary), problems);
    Refused.ifAny("There is no page of this", problems);
    Optional<ModelWindows.Told> told =
        windows.told(series.orElseThrow(), of.orElseThrow(), ending.orElseThrow(), now);
    if (told.isEmpty()) {
      problems.add(nothing(series.orElseThrow(), ending.orElseThrow(), now));
      Refused.ifAny("There is no page of this", problems);
    }
    ModelPage page = pages.of(series.orElseThrow(), told.orElseThrow());
    byte[] bytes =
        (isSummary ? SummaryPage.of(page) : ReportPage.of(page)).getBytes(StandardCharsets.UTF_8);
    response.setStatus(HttpServletResponse.SC_OK);
    response.setContentType("text/html;charset=UTF-8");
    response.setHeader("Content-Security-Policy", POLICY);
    response.setContentLength(bytes.length);
    response.getOutputStream().write(bytes);
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

  private Problem nothing(Series series, YearMonth ending, Instant now) {
    String since =
        windows
            .first(series, now)
            .map(first -> "It was first asked in " + first + ".")
            .orElse("It was never asked.");
    return problem(
        "window", "the model made no prediction in the window that ends with " + ending, since);
  }

  private static Problem problem(String name, String what, String remedy) {
    return new Problem("Parameters.parameter('" + name + "')", name + ": " + what, remedy);
  }

  private static String text(@Nullable StringType given) {
    return given == null || given.isEmpty() ? "" : given.getValueNotNull().strip();
  }
}
