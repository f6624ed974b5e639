package org.auscult.monitoring.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.auscult.statistics.drift.FalseDiscovery;
import org.auscult.statistics.drift.NumericDrift;
import org.auscult.statistics.estimate.Estimate;
import org.auscult.statistics.estimate.Reason;
import org.auscult.statistics.sample.Numbers;
import org.auscult.statistics.uncertainty.Proportion;
import org.junit.jupiter.api.Test;

class DriftReportTest {
  private final Random random = new Random(3);

  private static ServedSample sample(List<ServedColumn> features, List<ServedColumn> outputs) {
    long rows = features.get(0).values().size();
    return new ServedSample(rows, 0, 0, rows, new TreeMap<>(), features, outputs);
  }

  private List<Double> numbers(int rows, double mean, double missing) {
    List<Double> numbers = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      numbers.add(
          random.nextDouble() < missing
              ? Double.NaN
              : Math.round(10 * (mean + random.nextGaussian())) / 10.0);
    }
    return numbers;
  }

  private static ServedColumn column(String name, List<Double> values) {
    return new ServedColumn(
        name, "https://example.org/" + name + "|1", name, values, new TreeMap<>());
  }

  private static DriftReport.Over over(ServedSample sample) {
    return new DriftReport.Over(sample, Duration.ofDays(7));
  }

  private static DriftedVariable find(DriftReport report, String name) {
    return report.features().stream().filter(f -> f.name().equals(name)).findFirst().orElseThrow();
  }

  private DriftReport report(int rows, double shift, double missing) {
    List<Double> truths = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      truths.add((double) (i % 3 == 0 ? 1 : 0));
    }
    ServedSample before =
        sample(
            List.of(
                column("a", numbers(rows, 0, 0.1)),
                column("b", numbers(rows, 5, 0)),
                column("truth", truths)),
            List.of(column("risk", numbers(rows, 0, 0))));
    ServedSample now =
        sample(
            List.of(
                column("a", numbers(rows, shift, missing)),
                column("b", numbers(rows, 5, 0)),
                column("truth", truths)),
            List.of(column("risk", numbers(rows, shift, 0))));
    return DriftReport.of(over(before), over(now));
  }

  @Test
  void figuresAreThoseOfTheLibraryAndAdjustedOverAllFeatures() {
    List<Double> before = numbers(400, 0, 0.2);
    List<Double> now = numbers(300, 0.4, 0.3);
    List<Double> still = numbers(400, 1, 0);
    DriftReport report =
        DriftReport.of(
            over(sample(List.of(column("a", before), column("b", still)), List.of())),
            over(sample(List.of(column("a", now), column("b", still.subList(0, 300))), List.of())));
    List<Estimate> expected = NumericDrift.from(of(before)).of(of(now));
    DriftedVariable a = find(report, "a");
    for (Estimate figure : expected) {
      assertThat(a.figure(figure.definition().name()).orElseThrow()).isEqualTo(figure);
    }
    List<Double> raw = new ArrayList<>();
    for (DriftedVariable variable : report.features()) {
      raw.add(p(variable.figure("ks").orElseThrow()));
    }
    List<Double> adjusted = FalseDiscovery.adjusted(raw);
    assertThat(a.adjusted().get("ks")).isEqualTo(adjusted.get(0));
    assertThat(find(report, "b").adjusted().get("ks")).isEqualTo(adjusted.get(1));
    double missing = now.stream().filter(x -> x.isNaN()).count() / 300.0;
    assertThat(a.figure("missing-rate").orElseThrow().get()).isEqualTo(missing, offset(1e-12));
  }

  private static Numbers of(List<Double> values) {
    return Numbers.of(values.stream().mapToDouble(x -> x).toArray());
  }

  private static double p(Estimate figure) {
    return Objects.requireNonNull(((Estimate.Known) figure).certainty().pValue()).value();
  }

  @Test
  void aShiftIsSeenInItsFeatureAndItsOutputAlone() {
    DriftReport report = report(400, 1, 0.1);
    assertThat(report.drifted()).extracting(DriftedVariable::name).containsExactly("a");
    assertThat(find(report, "a").band()).contains(Band.ACTS);
    assertThat(find(report, "b").band()).contains(Band.STABLE);
    assertThat(find(report, "truth").figure("chi-squared").orElseThrow().get()).isZero();
    assertThat(report.outputs().get(0).hasDrifted()).isTrue();
    assertThat(report.together())
        .filteredOn(figure -> figure.definition().name().equals("domain-auroc"))
        .singleElement()
        .satisfies(
            figure -> {
              assertThat(figure.get()).isGreaterThan(0.6);
              assertThat(figure.definition().parameters()).containsEntry("seed", "1");
            });
  }

  @Test
  void whatGoesMissingHasDrifted() {
    assertThat(report(400, 0, 0.4).drifted())
        .extracting(DriftedVariable::name)
        .containsExactly("a");
    assertThat(report(400, 0, 0.1).drifted()).isEmpty();
  }

  @Test
  void volumeIsToldByTheDay() {
    DriftReport report = report(70, 0, 0.1);
    assertThat(report.together().get(0).get()).isEqualTo(10);
    assertThat(report.together().get(1).get()).isEqualTo(1);
    assertThat(report.together().get(1).interval()).isPresent();
  }

  @Test
  void ofTenRowsOrFewerNothingIsTold() {
    DriftReport report = report(10, 3, 0);
    assertThat(report.features())
        .allSatisfy(
            feature -> {
              assertThat(feature.figures())
                  .allSatisfy(
                      figure ->
                          assertThat(((Estimate.Unknown) figure).reason())
                              .isEqualTo(Reason.SMALL_CELL));
              assertThat(feature.hasDrifted()).isFalse();
            });
  }

  @Test
  void aMissingRateOfTenRowsOrFewerIsHidden() {
    List<Double> few = new ArrayList<>(Collections.nCopies(90, 1.5));
    few.addAll(Collections.nCopies(10, Double.NaN));
    DriftReport report =
        DriftReport.of(
            over(sample(List.of(column("a", few)), List.of())),
            over(sample(List.of(column("a", numbers(100, 1.5, 0.5))), List.of())));
    for (String figure :
        List.of("missing-rate", "reference-missing-rate", "missing-rate-difference")) {
      assertThat(find(report, "a").figure(figure).orElseThrow().optional()).isEmpty();
    }
  }

  @Test
  void theSameSamplesGiveTheSameReport() {
    ServedSample before = sample(List.of(column("a", numbers(200, 0, 0.1))), List.of());
    ServedSample now = sample(List.of(column("a", numbers(200, 0.3, 0.1))), List.of());
    assertThat(DriftReport.of(over(before), over(now)))
        .isEqualTo(DriftReport.of(over(before), over(now)));
  }

  @Test
  void prevalenceIsComparedUnlessItTellsOfFew() {
    List<Estimate> figures = LabelDrift.of(new Proportion(20, 200), new Proportion(60, 200));
    assertThat(figures.get(0).get()).isEqualTo(0.3);
    assertThat(figures.get(1).get()).isEqualTo(0.2, offset(1e-12));
    assertThat(p(figures.get(1))).isLessThan(1e-4);
    assertThat(LabelDrift.of(new Proportion(20, 200), new Proportion(10, 200)))
        .allSatisfy(figure -> assertThat(figure.optional()).isEmpty());
  }
}
