package org.auscult.monitoring.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.auscult.monitoring.finding.FindingKind;
import org.auscult.monitoring.finding.FindingSeverity;
import org.auscult.monitoring.performance.ReportWindow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How the series of a model stand together. */
class RuleStandingTest {
  private static final String MODEL = "https://example.org/Library/risk|1.0.0";

  private static AlertRule rule(@Nullable AlertGroup group) {
    return new AlertRule(
        "https://example.org/PlanDefinition/low|1.0.0",
        "It is low",
        null,
        null,
        new AlertFigure("auroc", Set.of(), null),
        ReportWindow.Kind.MONTH,
        group,
        new AlertTest.Fixed(new Limits(0.7, null), Compared.POINT),
        100,
        1,
        FindingSeverity.WARNING,
        null);
  }

  private static ReportedFigure auroc(@Nullable String site, double value, long n) {
    return new ReportedFigure(
        "auroc", List.of(), null, site == null ? null : "site", site, value, null, n);
  }

  private static List<WindowReport> month(ReportedFigure... figures) {
    ReportWindow window =
        ReportWindow.endingWith(ReportWindow.Kind.MONTH, LocalDate.of(2025, 3, 1), ZoneOffset.UTC);
    return List.of(new WindowReport(window, "MeasureReport/r/_history/1", List.of(figures)));
  }

  private static SortedMap<String, RuleStanding> stands(
      AlertRule rule, SortedMap<String, List<WindowReport>> outputs) {
    return RuleStanding.bySite(rule, FindingKind.PERFORMANCE, ZoneOffset.UTC, MODEL, outputs);
  }

  private static RuleStanding of(SortedMap<String, RuleStanding> standing, String site) {
    return Objects.requireNonNull(standing.get(site));
  }

  @Test
  void outputsStandTogetherInTheirOrder() {
    SortedMap<String, List<WindowReport>> outputs = new TreeMap<>();
    outputs.put("b", month(auroc(null, 0.6, 100)));
    outputs.put("a", month(auroc(null, 0.5, 100)));
    outputs.put("c", month(auroc(null, 0.8, 100)));
    SortedMap<String, RuleStanding> standing = stands(rule(null), outputs);
    assertThat(standing).containsOnlyKeys("");
    RuleStanding all = of(standing, "");
    assertThat(all.isInOrder()).isTrue();
    List<@Nullable String> found = new ArrayList<>();
    all.findings().forEach(finding -> found.add(finding.subject().output()));
    assertThat(found).containsExactly("a", "b");
  }

  @Test
  void eachSiteStandsForItself() {
    SortedMap<String, RuleStanding> standing =
        stands(
            rule(new AlertGroup(AlertGroup.SITE, null)),
            new TreeMap<>(Map.of("a", month(auroc("north", 0.6, 100), auroc("south", 0.8, 100)))));
    assertThat(standing).containsOnlyKeys("north", "south");
    assertThat(of(standing, "north").findings()).hasSize(1);
    assertThat(of(standing, "north").isInOrder()).isFalse();
    assertThat(of(standing, "south").findings()).isEmpty();
    assertThat(of(standing, "south").isInOrder()).isTrue();
  }

  @Test
  void whatCannotBeJudgedIsNeitherFoundNorInOrder() {
    SortedMap<String, RuleStanding> standing =
        stands(rule(null), new TreeMap<>(Map.of("a", month(auroc(null, 0.6, 99)))));
    assertThat(of(standing, "")).isEqualTo(new RuleStanding(List.of(), false));
  }
}
