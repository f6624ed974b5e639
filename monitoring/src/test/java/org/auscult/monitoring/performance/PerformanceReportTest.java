package org.auscult.monitoring.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.auscult.statistics.estimate.Estimate;
import org.auscult.statistics.estimate.Reason;
import org.auscult.statistics.evaluation.BinaryEvaluation;
import org.auscult.statistics.sample.LabelledScores;
import org.junit.jupiter.api.Test;

class PerformanceReportTest {
  private record Row(double score, Standing standing, String site) {}

  private static List<Row> rows(int n) {
    Random random = new Random(7);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      double score = random.nextInt(100) / 100.0;
      Standing standing =
          switch (i % 10) {
            case 0 -> Standing.PENDING;
            case 1 -> Standing.EXCLUDED;
            case 2 -> Standing.CENSORED;
            case 3 -> Standing.COMPETING;
            default -> random.nextDouble() < score ? Standing.EVENT : Standing.NO_EVENT;
          };
      rows.add(new Row(score, standing, i < 6 ? "tiny" : i % 2 == 0 ? "north" : "south"));
    }
    return rows;
  }

  private static PerformanceReport report(List<Row> rows, Double... thresholds) {
    ObservedPredictions.Builder builder = ObservedPredictions.builder();
    rows.forEach(row -> builder.add(row.score(), row.standing(), Map.of("site", row.site())));
    return PerformanceReport.of(builder.build(), List.of(thresholds));
  }

  private static Estimate figure(List<Estimate> figures, String name) {
    return figures.stream()
        .filter(figure -> figure.definition().name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void eventsAndNonEventsAreLabelled() {
    List<Row> rows = rows(400);
    PerformanceReport report = report(rows, 0.5);
    ObservedPredictions observed = report.observed();
    for (Standing standing : List.of(Standing.PENDING, Standing.EXCLUDED, Standing.CENSORED)) {
      assertThat(observed.count(standing)).isEqualTo(40);
    }
    assertThat(observed.count(Standing.NOT_OBSERVED)).isZero();
    assertThat(observed.all().size()).isEqualTo(360);
    LabelledScores.Builder plain = LabelledScores.builder();
    rows.stream()
        .filter(row -> row.standing() == Standing.EVENT || row.standing() == Standing.NO_EVENT)
        .forEach(row -> plain.add(row.score(), row.standing() == Standing.EVENT));
    assertThat(report.figures()).isEqualTo(BinaryEvaluation.all(plain.build(), List.of(0.5)));
    assertThat(figure(report.figures(), "auroc").n()).isEqualTo(240);
  }

  @Test
  void orderDoesNotMatter() {
    List<Row> rows = rows(300);
    PerformanceReport report = report(rows, 0.3, 0.7);
    Collections.shuffle(rows, new Random(1));
    PerformanceReport other = report(rows, 0.3, 0.7);
    assertThat(other.figures()).isEqualTo(report.figures());
    assertThat(other.estimated()).isEqualTo(report.estimated());
    assertThat(other.groups()).isEqualTo(report.groups());
  }

  @Test
  void groupsAreToldUnlessTheyAreSmall() {
    PerformanceReport report = report(rows(400), 0.5);
    PerformanceReport.Groups sites = Objects.requireNonNull(report.groups().get("site"));
    // Of three groups, one small one would be told by what is left of the whole.
    assertThat(sites.hidden()).contains("tiny").hasSize(2);
    assertThat(sites.figures()).hasSize(1);
    assertThat(sites.gaps()).extracting(gap -> gap.definition().name()).doesNotHaveDuplicates();
  }

  @Test
  void tenLabelsTellNothing() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      rows.add(new Row(i / 10.0, i % 2 == 0 ? Standing.EVENT : Standing.NO_EVENT, "north"));
    }
    assertThat(report(rows, 0.5).figures())
        .allSatisfy(
            figure ->
                assertThat(((Estimate.Unknown) figure).reason()).isEqualTo(Reason.SMALL_CELL));
    assertThat(report(rows, 0.5).estimated()).isEmpty();
    rows.add(new Row(0.3, Standing.EVENT, "north"));
    assertThat(figure(report(rows, 0.5).figures(), "auroc").optional()).isPresent();
    assertThat(report(rows, 0.5).estimated()).isNotEmpty();
  }

  @Test
  void whatIsEstimatedIsNamedSoAndNeedsProbabilities() {
    PerformanceReport report = report(rows(100), 0.2, 0.6);
    assertThat(report.estimated())
        .allSatisfy(figure -> assertThat(figure.definition().name()).startsWith("estimated-"))
        .extracting(Estimate::definition)
        .doesNotHaveDuplicates();
    assertThat(figure(report.estimated(), "estimated-auroc").n()).isEqualTo(90);
    List<Row> points =
        rows(100).stream().map(r -> new Row(r.score() * 20, r.standing(), "a")).toList();
    assertThat(report(points, 5.0).estimated()).isEmpty();
    assertThat(figure(report(points, 5.0).figures(), "auroc").optional()).isPresent();
  }

  @Test
  void standingsHaveCodes() {
    for (Standing standing : Standing.values()) {
      assertThat(Standing.of(standing.code())).isEqualTo(standing);
    }
    assertThat(Standing.NO_EVENT.code()).isEqualTo("no-event");
    assertThatThrownBy(() -> Standing.of("perhaps")).hasMessageContaining("perhaps");
  }
}
