package org.auscult.monitoring.page;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.auscult.monitoring.alert.ReportedFigure;
import org.auscult.monitoring.alert.WindowReport;
import org.auscult.monitoring.curve.ScoreCurves;
import org.auscult.monitoring.finding.FindingSeverity;
import org.auscult.monitoring.performance.ObservedPredictions;
import org.auscult.monitoring.performance.PerformanceReport;
import org.auscult.monitoring.performance.ReportWindow;
import org.auscult.monitoring.performance.ReportWindow.Kind;
import org.auscult.monitoring.performance.Standing;
import org.auscult.statistics.estimate.Definition;
import org.auscult.statistics.estimate.Estimate;
import org.jspecify.annotations.Nullable;

/** A model over nine months, made up of rows that follow from a seed. */
final class MadeUp {
  static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
  private static final List<Double> THRESHOLDS = List.of(0.2);
  private static final LocalDate LAST = LocalDate.parse("2024-09-01");

  private String title = "Risk of readmission";
  private int few = 6;
  private @Nullable Random order;
  private int rows = 900;

  /** A prediction. */
  private record Row(double score, boolean event, String site, String sex) {}

  MadeUp titled(String of) {
    title = of;
    return this;
  }

  /** How many patients the smallest site has in each window. */
  MadeUp atSmallSite(int patients) {
    few = patients;
    return this;
  }

  /** In how many rows each window consists. */
  MadeUp of(int count) {
    rows = count;
    return this;
  }

  /** Rows come in another order. */
  MadeUp shuffled(long seed) {
    order = new Random(seed);
    return this;
  }

  ModelPage page() {
    List<WindowReport> windows = new ArrayList<>();
    for (int back = 8; back >= 0; back--) {
      ReportWindow window = ReportWindow.endingWith(Kind.MONTH, LAST.minusMonths(back), ZONE);
      windows.add(
          new WindowReport(
              window, "MeasureReport/m" + back + "/_history/1", figures(observed(back))));
    }
    ObservedPredictions observed = observed(0);
    ReportWindow window = windows.get(8).window();
    return new ModelPage(
        new ReportSubject(
            title,
            "https://example.org/Library/risk",
            "1.2.0",
            "risk",
            "https://example.org/o|1.0.0",
            window,
            null,
            ZONE),
        List.of("MeasureReport/m0/_history/1", "DetectedIssue/a/_history/2"),
        new TreeMap<>(
            Map.of(
                "event", (long) observed.labelled().positives(),
                "no-event", (long) observed.labelled().negatives(),
                "excluded", 3L)),
        windows.get(8).figures(),
        ScoreCurves.of(observed.labelled(), THRESHOLDS).orElse(null),
        windows,
        List.of(
            new PageEvent("Guideline <b>2</b>", "guideline", at("2024-05-17"), null),
            new PageEvent("New analyser", "laboratory", at("2024-09-03"), at("2024-09-04"))),
        weeks(),
        List.of("creatinine: since 7 September 2024 100 % of it comes in mcmol/dose"),
        List.of(use()),
        issues());
  }

  private static Instant at(String day) {
    return LocalDate.parse(day).atStartOfDay(ZONE).toInstant();
  }

  private ObservedPredictions observed(int back) {
    Random random = new Random(7 + back);
    List<Row> made = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      double root = random.nextDouble();
      double score = root * root;
      double truth = back == 0 ? 0.6 * score + 0.1 : score;
      String site = i < few ? "tiny" : i % 3 == 0 ? "south" : i % 3 == 1 ? "north" : "west";
      made.add(new Row(score, random.nextDouble() < truth, site, i % 2 == 0 ? "female" : "male"));
    }
    if (order != null) {
      Collections.shuffle(made, order);
    }
    ObservedPredictions.Builder builder = ObservedPredictions.builder();
    for (Row row : made) {
      builder.add(
          row.score(),
          row.event() ? Standing.EVENT : Standing.NO_EVENT,
          Map.of("site", row.site(), "sex", row.sex()));
    }
    return builder.build();
  }

  /** As reports tell them. */
  private static List<ReportedFigure> figures(ObservedPredictions observed) {
    PerformanceReport report = PerformanceReport.of(observed, THRESHOLDS);
    List<ReportedFigure> told = new ArrayList<>();
    report.figures().forEach(figure -> told.add(told(figure, null, null, null)));
    report.estimated().forEach(figure -> told.add(told(figure, null, null, null)));
    report
        .groups()
        .forEach(
            (way, groups) -> {
              groups.gaps().forEach(gap -> told.add(told(gap, way, null, null)));
              groups
                  .figures()
                  .forEach(
                      (group, figures) ->
                          figures.forEach(figure -> told.add(told(figure, null, way, group))));
            });
    return told;
  }

  private static ReportedFigure told(
      Estimate figure, @Nullable String by, @Nullable String way, @Nullable String group) {
    Definition definition = figure.definition();
    return new ReportedFigure(
        definition.name(),
        definition.parameters().entrySet().stream()
            .map(parameter -> parameter.getKey() + " = " + parameter.getValue())
            .toList(),
        by,
        way,
        group,
        figure.optional().isPresent() ? (Double) figure.get() : null,
        figure.interval().orElse(null),
        figure.n(),
        null,
        List.of(),
        figure instanceof Estimate.Unknown unknown ? unknown.why() : null);
  }

  private static List<DriftWeek> weeks() {
    List<DriftWeek> weeks = new ArrayList<>();
    ReportWindow month = ReportWindow.endingWith(Kind.MONTH, LAST, ZONE);
    int number = 0;
    for (ReportWindow week :
        ReportWindow.between(Kind.WEEK, month.start(), month.end().minusMillis(1), ZONE)) {
      TreeMap<String, DriftWeek.Cell> features = new TreeMap<>();
      features.put("age", new DriftWeek.Cell(0.012, ""));
      features.put("creatinine", new DriftWeek.Cell(0.05 + 0.09 * number++, ""));
      features.put("sodium", new DriftWeek.Cell(null, "too few rows"));
      weeks.add(new DriftWeek(week, features));
    }
    return weeks;
  }

  private static CardUse use() {
    return new CardUse(
        "https://example.org/PlanDefinition/risk|1.0.0",
        new TreeMap<>(Map.of("calls", 412L, "shown", 187L, "overridden", 4L)),
        List.of(
            new ReportedFigure(
                "override-rate-shown", List.of(), null, null, null, 0.0214, null, 187)));
  }

  private static List<PageIssue> issues() {
    return List.of(
        new PageIssue(
            "DetectedIssue/a/_history/2",
            FindingSeverity.CRITICAL,
            "No discrimination",
            List.of("AUROC is 0.51 of 900, below 0.55, in September 2024"),
            at("2024-09-20"),
            null,
            2,
            new PageIssue.Answer("accepted", "We look into it & report", null),
            List.of(new PageIssue.Suspension("Readmission", at("2024-09-20"), false))),
        new PageIssue(
            "DetectedIssue/b/_history/3",
            FindingSeverity.WARNING,
            "Calibration error",
            List.of("ece is 0.2"),
            at("2024-09-02"),
            at("2024-09-18"),
            1,
            null,
            List.of()));
  }
}
