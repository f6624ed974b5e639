package org.auscult.monitoring.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.auscult.monitoring.finding.FindingKind;
import org.auscult.monitoring.finding.MonitoringFinding;
import org.auscult.monitoring.performance.ReportWindow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** From reports to words. */
class AlertFindingsTest {
  private static final ReportWindow JANUARY = Points.month(0);
  private static final ReportWindow FEBRUARY = Points.month(1);

  private static ReportedFigure figure(
      String name,
      @Nullable String parameter,
      @Nullable String by,
      @Nullable String way,
      @Nullable String group,
      double value) {
    return new ReportedFigure(
        name,
        parameter == null ? List.of() : List.of("bins = 10", parameter),
        by,
        way,
        group,
        value,
        null,
        100);
  }

  private static List<WindowReport> reports(ReportedFigure... figures) {
    List<ReportedFigure> all = List.of(figures);
    return List.of(
        new WindowReport(FEBRUARY, "MeasureReport/2", all),
        new WindowReport(JANUARY, "MeasureReport/1", all));
  }

  private static List<FigureSeries> series(
      AlertFigure figure, @Nullable AlertGroup group, ReportedFigure... figures) {
    return FigureSeries.of(reports(figures), figure, group);
  }

  @Test
  void eachSetOfParametersIsASeriesOfItsOwn() {
    AlertFigure any = new AlertFigure("ppv", Set.of(), null);
    ReportedFigure low = figure("ppv", "threshold = 0.1", null, null, null, 0.2);
    ReportedFigure high = figure("ppv", "threshold = 0.5", null, null, null, 0.6);
    ReportedFigure other = figure("npv", "threshold = 0.5", null, null, null, 0.9);
    assertThat(series(any, null, low, high, other))
        .extracting(FigureSeries::parameters)
        .containsExactly(
            List.of("bins = 10", "threshold = 0.1"), List.of("bins = 10", "threshold = 0.5"));
    AlertFigure one = new AlertFigure("ppv", Set.of("threshold = 0.5"), null);
    assertThat(series(one, null, low, high, other))
        .singleElement()
        .satisfies(
            found -> assertThat(found.points()).extracting(FigurePoint::value).containsOnly(0.6))
        .satisfies(
            found ->
                assertThat(found.points())
                    .extracting(FigurePoint::reference)
                    .containsExactly("MeasureReport/1", "MeasureReport/2"));
  }

  @Test
  void groupsAreWatchedForThemselvesAndNotAsAWhole() {
    AlertFigure auroc = new AlertFigure("auroc", Set.of(), null);
    ReportedFigure all = figure("auroc", null, null, null, null, 0.8);
    ReportedFigure north = figure("auroc", null, null, "site", "north", 0.7);
    ReportedFigure south = figure("auroc", null, null, "site", "south", 0.9);
    ReportedFigure women = figure("auroc", null, null, "sex", "female", 0.6);
    ReportedFigure[] told = {all, north, south, women};
    assertThat(series(auroc, null, told)).extracting(FigureSeries::group).containsOnlyNulls();
    assertThat(series(auroc, new AlertGroup("site", null), told))
        .extracting(FigureSeries::group)
        .containsExactly("north", "south");
    assertThat(series(auroc, new AlertGroup("site", "south"), told))
        .extracting(AlertFindings::site)
        .containsExactly("south");
    assertThat(series(auroc, new AlertGroup("sex", null), told))
        .extracting(AlertFindings::site)
        .containsExactly("");
  }

  @Test
  void aGapIsBetweenTheGroupsOfOneWay() {
    AlertFigure gap = new AlertFigure("calibration-gap", Set.of(), "sex");
    ReportedFigure bySex = figure("calibration-gap", null, "sex", null, null, 0.3);
    ReportedFigure byAge = figure("calibration-gap", null, "age", null, null, 0.1);
    assertThat(series(gap, null, bySex, byAge))
        .singleElement()
        .satisfies(
            found -> assertThat(found.points()).extracting(FigurePoint::value).containsOnly(0.3));
    assertThat(series(new AlertFigure("calibration-gap", Set.of(), null), null, bySex)).isEmpty();
  }

  private static List<MonitoringFinding> found(AlertTest test, FigureSeries series) {
    AlertRule rule = Points.rule(test, 1);
    Verdict.Breached breached = (Verdict.Breached) rule.judge(series);
    return new AlertFindings(FindingKind.PERFORMANCE, rule, ZoneOffset.UTC)
        .of("https://m.org/a|1", "risk", series, breached);
  }

  @Test
  void aFindingSaysWhatWasAndWhatShouldBe() {
    AlertTest least = new AlertTest.Fixed(new Limits(0.7, null), Compared.BOUND);
    MonitoringFinding finding = found(least, Points.of(0.8, 0.6)).get(0);
    assertThat(finding.text())
        .isEqualTo(
            "auroc of risk: 0.6000 (0.5500 to 0.6500) from 2020-02-01 until before 2020-03-01, n ="
                + " 100; its interval should reach 0.7000 or more");
    assertThat(finding.evidence()).isEqualTo("MeasureReport/1");
    assertThat(finding.measured())
        .satisfies(
            measured -> {
              assertThat(measured.value()).isEqualTo(0.6);
              assertThat(measured.least()).isEqualTo(0.7);
              assertThat(measured.most()).isNull();
              assertThat(measured.start()).isEqualTo(Points.start(1));
              assertThat(measured.end()).isEqualTo(Points.start(2));
              assertThat(measured.n()).isEqualTo(100);
            });
    assertThat(finding.subject().model()).isEqualTo("https://m.org/a|1");
    assertThat(finding.subject().output()).isEqualTo("risk");
    AlertTest most = new AlertTest.Fixed(new Limits(null, 0.5), Compared.POINT);
    assertThat(found(most, Points.of(0.6)).get(0).text()).endsWith("it should be 0.5000 or less");
    AlertTest both = new AlertTest.Fixed(new Limits(0.1, 0.5), Compared.POINT);
    assertThat(found(both, Points.of(0.6)).get(0).text()).endsWith("it should be 0.1000 to 0.5000");
  }

  @Test
  void sumsTellOfTheMeanThatWasLeft() {
    AlertTest sums = new AlertTest.Sums(Side.BELOW, new Baseline.First(2));
    FigureSeries series = Points.of(0.8, 0.82, 0.1);
    assertThat(found(sums, series).get(0).text())
        .endsWith("it has shifted from 0.8100 for good, by cumulative sums");
  }

  @Test
  void aGroupAndItsParametersAreNamed() {
    FigureSeries series =
        new FigureSeries(
            new AlertFigure("ppv", Set.of(), "sex"),
            List.of("threshold = 0.5"),
            "site",
            "north",
            Points.of(0.2).points());
    AlertTest least = new AlertTest.Fixed(new Limits(0.7, null), Compared.POINT);
    assertThat(found(least, series).get(0).text())
        .startsWith(
            "ppv (threshold = 0.5) of risk, site north, between groups by sex: 0.2000 (0.1500 to");
    assertThat(found(least, series).get(0).subject().site()).isEqualTo("north");
  }
}
