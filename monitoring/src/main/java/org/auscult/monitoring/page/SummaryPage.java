package org.auscult.monitoring.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.auscult.monitoring.alert.FigurePoint;
import org.auscult.monitoring.alert.ReportedFigure;
import org.auscult.monitoring.finding.FindingSeverity;
import org.auscult.monitoring.plot.Digits;
import org.auscult.monitoring.plot.Markup;
import org.auscult.monitoring.plot.Plot.Words;
import org.auscult.monitoring.plot.Sparkline;

/** One page for those who decide: a few figures in plain words, what is wrong, what was done. */
public final class SummaryPage {
  private static final int MOST_ISSUES = 4;
  private static final int MOST_DONE = 4;
  private static final int MOST_EVENTS = 3;
  private static final int MOST_CAUSES = 3;
  private static final int LONGEST = 180;

  private SummaryPage() {}

  /** The page, as HTML that is well-formed XML. */
  public static String of(ModelPage model) {
    ReportSubject subject = model.subject();
    Markup page = Sheet.begin(subject.title() + ", " + subject.months() + ", in short", "summary");
    page.element("h1", shortened(subject.title()) + ": " + subject.months()).line();
    page.element(
            "p",
            "Version "
                + subject.version()
                + ", output "
                + shortened(subject.output())
                + ". In short, for those who"
                + " decide; the report has the rest.",
            "class",
            "soft")
        .line();
    wrong(page, model);
    figures(page, model);
    list(page, "What was done", done(model), MOST_DONE, "Nothing was asked for, and nothing done.");
    list(
        page,
        "What changed around the model",
        around(model),
        MOST_EVENTS + MOST_CAUSES,
        "No event is written down, and no cause of a drift was found.");
    sure(page, model);
    page.element(
            "p",
            "By "
                + model.sources().get(0)
                + "; SHA-256 of the report's page: "
                + ReportPage.sha256(model)
                + ". Times are those of "
                + subject.zone().getId()
                + ".",
            "class",
            "soft small")
        .line();
    return Sheet.end(page);
  }

  private static void wrong(Markup page, ModelPage model) {
    page.element("h2", "What is wrong").line();
    List<PageIssue> open = model.open();
    FindingSeverity gravest =
        open.stream().map(PageIssue::severity).max(Enum::compareTo).orElse(null);
    page.open("div", "class", "box " + (gravest == null ? "fine" : IssueSection.kind(gravest)));
    if (open.isEmpty()) {
      page.element("p", "No issue of monitoring about this model is open.");
    } else {
      page.open("ul");
      open.stream()
          .limit(MOST_ISSUES)
          .forEach(
              issue ->
                  page.open("li")
                      .element("strong", issue.severity().code() + ": ")
                      .text(
                          shortened(issue.title())
                              + ", "
                              + IssueSection.standing(issue, model.subject()))
                      .close());
      more(page, open.size() - MOST_ISSUES);
      page.close();
    }
    page.close().line();
  }

  private static void more(Markup page, int more) {
    if (more > 0) {
      page.element("li", "and " + more + " more, see the report");
    }
  }

  private static void list(
      Markup page, String title, List<String> items, int most, String otherwise) {
    page.element("h2", title).line();
    if (items.isEmpty()) {
      page.element("p", otherwise).line();
      return;
    }
    page.open("ul");
    items.stream().limit(most).forEach(item -> page.element("li", shortened(item)));
    more(page, items.size() - most);
    page.close().line();
  }

  private static void figures(Markup page, ModelPage model) {
    page.element("h2", "How the model did").line();
    Sheet.table(
        page,
        "plain",
        "Trends are of the last " + Trend.MOST + " windows, of which this one is the last",
        List.of("In plain words", "Figure", "95 % interval", "Trend", ""));
    for (String name :
        List.of("auroc", "observed-to-expected", "prevalence", "sensitivity", "ppv")) {
      model.figure(name).ifPresent(figure -> row(page, model, figure, said(figure)));
    }
    model.use().stream()
        .flatMap(use -> use.figures().stream())
        .filter(figure -> figure.name().equals("override-rate-shown") && figure.value() != null)
        .findFirst()
        .ifPresent(figure -> row(page, model, figure, said(figure)));
    Sheet.endTable(page);
  }

  /** What a figure says, as somebody would say it who does not know its name. */
  private static String said(ReportedFigure figure) {
    if (figure.value() == null) {
      return Wording.name(figure.name()) + " is not told: " + figure.unknown() + ".";
    }
    String of = Digits.hundredths(figure.value());
    return switch (figure.name()) {
      case "auroc" ->
          "Of a patient with the event and one without, the first has the higher score in "
              + of
              + " of 100 pairs; by chance it would be 50.";
      case "observed-to-expected" ->
          "Where the scores let one expect 100 events, there were "
              + Digits.shown(figure.value() * 100)
              + ".";
      case "prevalence" -> "Of 100 patients, " + of + " had the event.";
      case "sensitivity" -> "Of 100 patients with the event, " + of + " were flagged" + at(figure);
      case "ppv" -> "Of 100 flagged patients, " + of + " had the event" + at(figure);
      case "override-rate-shown" -> "Of 100 cards that were shown, " + of + " were overridden.";
      default -> throw new IllegalArgumentException("Nobody says " + figure.name() + " in words");
    };
  }

  private static String at(ReportedFigure figure) {
    return figure.parameters().stream()
        .filter(parameter -> parameter.startsWith("threshold = "))
        .findFirst()
        .map(threshold -> " (" + threshold + ").")
        .orElse(".");
  }

  private static void row(Markup page, ModelPage model, ReportedFigure figure, String said) {
    Trend trend = new Trend(model.series(figure));
    page.open("tr").element("td", said);
    Double value = figure.value();
    if (value == null) {
      page.element("td", "").element("td", "");
    } else {
      page.open("td", "class", "number").text(Wording.name(figure.name()) + " ");
      Sheet.number(page, value, Digits.shown(value));
      page.close().open("td", "class", "number");
      Sheet.interval(page, figure.interval());
      page.close();
    }
    page.element("td", trend.words());
    page.open("td", "class", "trend");
    if (trend.points().size() > 1) {
      String title = Wording.name(figure.name()) + " in the last windows";
      page.add(
          Sparkline.of(
              new Words("trend-" + figure.name(), title, trend.words()),
              Arrays.asList(
                  trend.points().stream().map(FigurePoint::value).toArray(Double[]::new))));
    }
    page.close().close().line();
  }

  private static List<String> done(ModelPage model) {
    List<String> done = new ArrayList<>();
    for (PageIssue issue : model.issues()) {
      IssueSection.done(issue, model.subject())
          .forEach(said -> done.add(issue.title() + ": " + said));
    }
    return done;
  }

  private static List<String> around(ModelPage model) {
    List<String> around = new ArrayList<>();
    model.events().stream()
        .filter(event -> isIn(event, model.subject()))
        .limit(MOST_EVENTS)
        .forEach(
            event -> around.add(event.title() + ", from " + model.subject().day(event.from())));
    model.causes().stream().limit(MOST_CAUSES).forEach(around::add);
    return around;
  }

  private static boolean isIn(PageEvent event, ReportSubject subject) {
    return event.from().isBefore(subject.window().end())
        && (event.until() == null || event.until().isAfter(subject.window().start()));
  }

  private static void sure(Markup page, ModelPage model) {
    page.element("h2", "What is measured, and what is estimated").line();
    long measured = count(model, "event") + count(model, "no-event");
    page.element(
            "p",
            "Measured: of "
                + Sheet.counted(measured)
                + " predictions it is known what became of the patients, and the figures of the model"
                + " above are of these. Labels still awaited: "
                + Sheet.counted(count(model, "pending") + count(model, "early"))
                + "; never to be had: "
                + Sheet.counted(count(model, "censored") + count(model, "competing"))
                + ".")
        .line();
    page.element("p", estimated(model)).line();
  }

  private static String estimated(ModelPage model) {
    Optional<ReportedFigure> auroc =
        model.figure("estimated-auroc").filter(figure -> figure.value() != null);
    return auroc.isEmpty()
        ? "Estimated: nothing."
        : "Estimated: from the scores alone, as if they were right, the AUROC of all predictions"
            + " would be "
            + Digits.shown(Objects.requireNonNullElse(auroc.get().value(), 0.0))
            + ". An estimate does not see it if what a score means has changed.";
  }

  private static long count(ModelPage model, String standing) {
    return model.predictions().getOrDefault(standing, 0L);
  }

  private static String shortened(String text) {
    return text.codePointCount(0, text.length()) <= LONGEST
        ? text
        : text.substring(0, text.offsetByCodePoints(0, LONGEST - 1)) + "…";
  }
}
