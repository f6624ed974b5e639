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

  /** A hundred devices: the largest groups are told, and the others together. */
  @Test
  void groupsAreNoMoreThanAPageCanHold() {
    ObservedPredictions.Builder builder = ObservedPredictions.builder();
    for (int device = 0; device < 100; device++) {
      for (int i = 0; i < 30 + device; i++) {
        Standing standing = i % 2 == 0 ? Standing.EVENT : Standing.NO_EVENT;
        builder.add(
            i / 200.0,
            standing,
            Map.of("device", "d" + device, "site", "s" + device, "ward", "unknown"));
      }
    }
    ObservedPredictions observed = builder.build();
    // Of wards nothing is known, and nothing is told.
    assertThat(observed.groups()).containsOnlyKeys("device", "site");
    assertThat(observed.groups().get("site")).hasSize(100);
    Map<String, LabelledScores> devices = Objects.requireNonNull(observed.groups().get("device"));
    assertThat(devices).hasSize(BoundedGroups.MOST).containsKeys("d99", "d81");
    assertThat(devices).doesNotContainKey("d80");
    assertThat(devices.values().stream().mapToInt(LabelledScores::n).sum())
        .isEqualTo(observed.labelled().n());
    assertThat(devices.values().stream().mapToInt(LabelledScores::positives).sum())
        .isEqualTo(observed.labelled().positives());
    assertThat(Objects.requireNonNull(devices.get(BoundedGroups.OTHERS)).n())
        .isEqualTo(observed.labelled().n() - 19 * 30 - (81 + 99) * 19 / 2);
    PerformanceReport.Groups groups =
        Objects.requireNonNull(PerformanceReport.of(observed, List.of()).groups().get("device"));
    assertThat(groups.figures()).hasSize(BoundedGroups.MOST);
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

  private static ObservedPredictions observed(int events, int others, int pending) {
    ObservedPredictions.Builder builder = ObservedPredictions.builder();
    for (int i = 0; i < events + others + pending; i++) {
      Standing standing =
          i < events ? Standing.EVENT : i < events + others ? Standing.NO_EVENT : Standing.PENDING;
      builder.add((i * 37 % 100) / 100.0, standing, Map.of("site", i % 2 == 0 ? "a" : "b"));
    }
    return builder.build();
  }

  @Test
  void ofEverybodyACohortTellsWhatTheWholeTells() {
    ObservedPredictions all = observed(60, 60, 20);
    PerformanceReport cohort = PerformanceReport.ofCohort(all, observed(0, 0, 0), List.of(0.5));
    PerformanceReport whole = PerformanceReport.of(all, List.of(0.5));
    assertThat(cohort.figures()).containsExactlyInAnyOrderElementsOf(whole.figures());
    assertThat(cohort.estimated()).isEqualTo(whole.estimated());
    assertThat(cohort.observed().standings()).isEqualTo(all.standings());
    assertThat(cohort.groups()).isEmpty();
  }

  /** Whatever is told of a cohort could be told of those outside, who follow by subtraction. */
  @Test
  void whatACohortTellsTellsOfNoSmallCellOutsideOfIt() {
    Random random = new Random(3);
    int known = 0;
    for (int run = 0; run < 300; run++) {
      ObservedPredictions members =
          observed(random.nextInt(40), random.nextInt(40), random.nextInt(30));
      ObservedPredictions others =
          observed(random.nextInt(40), 1 + random.nextInt(40), random.nextInt(30));
      PerformanceReport report = PerformanceReport.ofCohort(members, others, List.of(0.5));
      boolean areLarge =
          List.of(members, others).stream()
              .allMatch(o -> o.labelled().positives() > 10 && o.labelled().negatives() > 10);
      if (figure(report.figures(), "prevalence").optional().isPresent()) {
        assertThat(areLarge).isTrue();
        known++;
      }
      for (Standing standing : report.observed().standings().keySet()) {
        assertThat(members.count(standing)).isGreaterThan(10);
        assertThat(others.count(standing)).isGreaterThan(10);
      }
      boolean hasEvents = report.observed().count(Standing.EVENT) > 0;
      boolean hasOthers = report.observed().count(Standing.NO_EVENT) > 0;
      // The number of labels is told: one of the two would give the other away.
      if (members.count(Standing.EVENT) > 0 && members.count(Standing.NO_EVENT) > 0) {
        assertThat(hasEvents).isEqualTo(hasOthers);
      }
    }
    assertThat(known).isGreaterThan(50);
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
