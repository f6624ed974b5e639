package org.auscult.monitoring.page;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.auscult.monitoring.alert.ReportedFigure;
import org.auscult.monitoring.performance.ReportWindow.Kind;
import org.auscult.monitoring.performance.Standing;
import org.auscult.monitoring.plot.Markup;
import org.jspecify.annotations.Nullable;

/** All that monitoring tells of a model over a window, what is wrong first. */
public final class ReportPage {
  private static final String THRESHOLD = "threshold = ";
  private static final List<String> DISCRIMINATION =
      List.of("prevalence", "auroc", "average-precision", "auprc-trapezoid");
  private static final Set<String> LEFT_OUT = Set.of("repeated", "merged", "excluded");

  /** What stands in the place of the page's hash while it is made. */
  private static final String NO_HASH = "0".repeat(64);

  private ReportPage() {}

  /** The page, as HTML that is well-formed XML. */
  public static String of(ModelPage model) {
    return of(model, sha256(model));
  }

  /** Of the page's bytes with 64 zeros in the place of its hash, so that anybody can check it. */
  static String sha256(ModelPage model) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(of(model, NO_HASH).getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  private static String of(ModelPage model, String sha256) {
    ReportSubject subject = model.subject();
    Markup page = Sheet.begin(subject.title() + ", " + subject.months(), "report");
    page.element("h1", subject.title() + ": " + subject.months()).line();
    header(page, model, sha256);
    boolean isOfSome = subject.demand() != null && subject.demand().isOfSome();
    if (!isOfSome) {
      IssueSection.write(page, model);
    }
    counts(page, model);
    figures(page, model);
    CurveSection.write(page, model);
    GroupSection.write(page, model);
    gaps(page, model);
    if (!isOfSome) {
      DriftSection.write(page, model);
    }
    if (subject.demand() == null) {
      SeriesSection.write(page, model);
    }
    estimated(page, model);
    if (subject.demand() == null) {
      UseSection.write(page, model);
    }
    notes(page, model);
    return Sheet.end(page);
  }

  private static void header(Markup page, ModelPage model, String sha256) {
    ReportSubject subject = model.subject();
    page.open("table").element("caption", "What this report is about").open("tbody").line();
    row(page, "Model", subject.url());
    row(page, "Version", subject.version());
    row(page, "Output", subject.output());
    row(
        page,
        "Outcome",
        subject.outcome() == null
            ? "none is observed, so that there are estimates alone"
            : subject.outcome());
    ReportSubject.Demand demand = subject.demand();
    row(
        page,
        "Window",
        (demand != null
                ? "from "
                    + subject.time(subject.window().start())
                    + " until before "
                    + subject.time(subject.window().end())
                : (subject.window().kind() == Kind.QUARTER
                        ? "three months, from "
                        : "a month, from ")
                    + subject.day(subject.window().start())
                    + " until before "
                    + subject.day(subject.window().end()))
            + ", by when predictions were made, in "
            + subject.zone().getId());
    if (demand != null) {
      row(page, "Whose", demand.whose());
    }
    row(
        page,
        "Report",
        demand == null
            ? model.sources().get(0)
            : "worked out for this page, and not stored; pages of months tell of series and cards,"
                + " and, for everybody, of issues and drift");
    row(page, "SHA-256", sha256 + " of this page with 64 zeros in its place");
    page.close().close().line();
  }

  private static void row(Markup page, String name, String text) {
    page.open("tr").element("th", name, "scope", "row").element("td", text).close().line();
  }

  private static void counts(Markup page, ModelPage model) {
    page.element("h2", "Predictions").line();
    Sheet.table(
        page,
        "counts",
        "The first eligible prediction of each patient and encounter counts.",
        List.of("How they stand", "Predictions"));
    List<String> order = new ArrayList<>();
    Arrays.stream(Standing.values()).map(Standing::code).forEach(order::add);
    LEFT_OUT.stream().sorted().filter(code -> !order.contains(code)).forEach(order::add);
    for (String code : order) {
      Long count = model.predictions().get(code);
      if (count != null) {
        page.open("tr").element("th", Wording.name(code), "scope", "row");
        Sheet.count(page, count);
        page.close().line();
      }
    }
    Sheet.endTable(page);
  }

  private static void figures(Markup page, ModelPage model) {
    page.element("h2", "Figures").line();
    List<ReportedFigure> measured =
        overall(model).stream().filter(f -> f.by() == null && !isEstimated(f)).toList();
    if (measured.isEmpty()) {
      page.element("p", "No outcome is observed, so nothing is measured.").line();
    }
    Sheet.figures(
        page,
        "Discrimination: does the model tell those with the event from those without?",
        measured.stream().filter(f -> DISCRIMINATION.contains(f.name())).toList());
    Sheet.figures(
        page,
        "Calibration: do as many have the event as the scores say?",
        measured.stream()
            .filter(f -> !DISCRIMINATION.contains(f.name()) && threshold(f) == null)
            .toList());
    byThreshold(measured.stream().filter(figure -> threshold(figure) != null).toList())
        .forEach(
            (threshold, figures) ->
                Sheet.figures(
                    page,
                    "Usefulness: what follows if a score of at least " + threshold + " flags",
                    figures));
  }

  private static List<ReportedFigure> overall(ModelPage model) {
    return model.figures().stream().filter(figure -> figure.way() == null).toList();
  }

  private static void gaps(Markup page, ModelPage model) {
    Map<String, List<ReportedFigure>> gaps = new LinkedHashMap<>();
    for (ReportedFigure figure : overall(model)) {
      if (figure.by() != null) {
        String between =
            "Gaps between groups by "
                + figure.by()
                + (threshold(figure) == null
                    ? ""
                    : ", if at least " + threshold(figure) + " flags");
        gaps.computeIfAbsent(between, b -> new ArrayList<>()).add(figure);
      }
    }
    gaps.forEach((between, figures) -> Sheet.figures(page, between, figures));
  }

  private static void estimated(Markup page, ModelPage model) {
    page.element("h2", "What is estimated").line();
    List<ReportedFigure> estimated =
        overall(model).stream().filter(ReportPage::isEstimated).toList();
    if (estimated.isEmpty()) {
      page.element("p", "Nothing.").line();
    }
    byThreshold(estimated)
        .forEach(
            (threshold, figures) ->
                Sheet.figures(
                    page,
                    "By the scores alone, before labels arrive"
                        + (threshold.isEmpty() ? "" : ", if at least " + threshold + " flags")
                        + ": blind to a change of the relation of score and outcome",
                    figures));
  }

  private static boolean isEstimated(ReportedFigure figure) {
    return figure.name().startsWith("estimated-");
  }

  private static Map<String, List<ReportedFigure>> byThreshold(List<ReportedFigure> figures) {
    Map<String, List<ReportedFigure>> by = new LinkedHashMap<>();
    for (ReportedFigure figure : figures) {
      String threshold = threshold(figure);
      by.computeIfAbsent(threshold == null ? "" : threshold, t -> new ArrayList<>()).add(figure);
    }
    return by;
  }

  private static @Nullable String threshold(ReportedFigure figure) {
    return figure.parameters().stream()
        .filter(parameter -> parameter.startsWith(THRESHOLD))
        .map(parameter -> parameter.substring(THRESHOLD.length()))
        .findFirst()
        .orElse(null);
  }

  private static void notes(Markup page, ModelPage model) {
    page.element("h2", "How to read this").line();
    page.open("ul");
    page.element(
        "li",
        "Intervals are of 95 %. They take rows for independent, and those of gaps are not widened"
            + " for the extreme groups having been picked.");
    page.element(
        "li",
        "Nothing is told of groups of ten people or fewer, nor what would follow from the rest;"
            + " counts of ten or fewer are not told apart.");
    page.element(
        "li",
        "A model whose warnings are heeded looks worse than it is, where acting on a warning"
            + " prevents what it predicts.");
    page.element(
        "li",
        "The same data give the same page, letter for letter; nothing on it says when it was"
            + " asked for.");
    page.close().line();
    page.element("h2", "What this was made of").line();
    String sources =
        model.sources().isEmpty()
            ? "Predictions and labels alone."
            : String.join(", ", model.sources());
    page.element("p", sources, "class", "soft small").line();
  }
}
