package org.auscult.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.auscult.statistics.calibration.IsotonicCalibration;
import org.auscult.statistics.calibration.Recalibration;
import org.auscult.statistics.calibration.Recalibration.Method;
import org.auscult.statistics.calibration.WeakCalibration;
import org.auscult.statistics.estimate.Estimate;
import org.auscult.statistics.multivariate.Mistrust;
import org.auscult.statistics.multivariate.Rows;
import org.auscult.statistics.sample.LabelledScores;
import org.auscult.statistics.uncertainty.SplitConformal;
import org.auscult.statistics.uncertainty.SplitMix64;
import org.auscult.statistics.usefulness.DecisionsInScope;
import org.auscult.statistics.usefulness.Reliance;
import org.auscult.statistics.usefulness.Reliance.Answers;
import org.junit.jupiter.api.Test;

/** What a site does with scores: calibrates, doubts, accepts; against make.py and by hand. */
class AtASiteTest {
  private static final JsonNode SITE = Expected.ALL.path("small").path("site");
  private static final double NEAR = 1e-9;

  private static Recalibration fit(LabelledScores rows, Method method) {
    return Recalibration.fit(rows, method).orElseThrow();
  }

  @Test
  void recalibrationsAgree() {
    LabelledScores rows = Expected.scores("ties");
    JsonNode expected = Expected.set("ties").path("overall");
    Recalibration platt = fit(rows, Method.PLATT);
    assertThat(platt.intercept())
        .isCloseTo(expected.at("/calibration-intercept/value").asDouble(), within(NEAR));
    assertThat(platt.slope())
        .isCloseTo(expected.at("/calibration-slope/value").asDouble(), within(NEAR));
    Recalibration intercept = fit(rows, Method.INTERCEPT);
    assertThat(intercept.intercept()).isCloseTo(SITE.path("inTheLarge").asDouble(), within(NEAR));
    assertThat(intercept.slope()).isEqualTo(1);
    Recalibration temperature = fit(rows, Method.TEMPERATURE);
    assertThat(temperature.slope()).isCloseTo(SITE.path("temperature").asDouble(), within(1e-6));
    assertThat(temperature.intercept()).isZero();
  }

  @Test
  void whatIsRecalibratedIsCalibratedOnItsOwnRows() {
    LabelledScores rows = Expected.scores("overconfident");
    Recalibration platt = fit(rows, Method.PLATT);
    List<Estimate> after = WeakCalibration.interceptAndSlope(mapped(rows, platt));
    assertThat(after.get(0).get()).isCloseTo(0, within(1e-8));
    assertThat(after.get(1).get()).isCloseTo(1, within(1e-8));
    LabelledScores moved = mapped(rows, fit(rows, Method.INTERCEPT));
    assertThat(WeakCalibration.inTheLarge(moved).get()).isCloseTo(0, within(1e-8));
    assertThat(new Recalibration(0, 1).applyAsDouble(0.3)).isCloseTo(0.3, within(1e-15));
    assertThat(new Recalibration(1, 2).applyAsDouble(0.5))
        .isCloseTo(1 / (1 + Math.exp(-1)), within(1e-15));
  }

  private static LabelledScores mapped(LabelledScores rows, Recalibration by) {
    double[] scores = new double[rows.distinct()];
    int[] positives = new int[scores.length];
    int[] negatives = new int[scores.length];
    for (int k = 0; k < scores.length; k++) {
      scores[k] = by.applyAsDouble(rows.score(k));
      positives[k] = rows.positives(k);
      negatives[k] = rows.negatives(k);
    }
    return LabelledScores.ofCounts(scores, positives, negatives);
  }

  @Test
  void whatHasNoFitIsNotRecalibrated() {
    for (String set : List.of("perfect", "all-negative", "margins")) {
      assertThat(Recalibration.fit(Expected.scores(set), Method.PLATT)).as(set).isEmpty();
    }
    assertThatThrownBy(() -> new Recalibration(Double.NaN, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Recalibration(0, Double.POSITIVE_INFINITY))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void isotonicCalibrationAgrees() {
    IsotonicCalibration isotonic = IsotonicCalibration.fit(Expected.scores("ties"));
    for (int i = 0; i < SITE.path("at").size(); i++) {
      assertThat(isotonic.applyAsDouble(SITE.path("at").get(i).asDouble()))
          .isCloseTo(SITE.path("isotonic").get(i).asDouble(), within(NEAR));
    }
    IsotonicCalibration fallen =
        IsotonicCalibration.fit(
            LabelledScores.of(
                new double[] {0.1, 0.2, 0.3, 0.4}, new boolean[] {true, true, false, false}));
    assertThat(fallen.observed()).containsExactly(0.5, 0.5, 0.5, 0.5);
    LabelledScores none = LabelledScores.builder().build();
    assertThatThrownBy(() -> IsotonicCalibration.fit(none))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void limitsOfConformalSetsAgree() {
    LabelledScores rows = Expected.scores("ties");
    SITE.path("conformal")
        .properties()
        .forEach(
            one ->
                assertThat(SplitConformal.of(rows, Double.parseDouble(one.getKey())).limit())
                    .isCloseTo(one.getValue().asDouble(), within(1e-15)));
    // Nine of ten rows and a tenth new one: 0.9 takes the greatest error, more takes all labels.
    LabelledScores.Builder nine = LabelledScores.builder();
    for (int i = 1; i <= 9; i++) {
      nine.add(i / 20.0, false);
    }
    LabelledScores few = nine.build();
    SplitConformal exact = SplitConformal.of(few, 0.9);
    assertThat(exact.limit()).isEqualTo(0.45);
    assertThat(exact.n()).isEqualTo(9);
    assertThat(exact.labels(0.45)).isEqualTo(new SplitConformal.Labels(false, true));
    assertThat(exact.labels(0.5)).isEqualTo(new SplitConformal.Labels(false, false));
    assertThat(exact.labels(0.55)).isEqualTo(new SplitConformal.Labels(true, false));
    SplitConformal all = SplitConformal.of(few, 0.91);
    assertThat(all.limit()).isInfinite();
    assertThat(all.labels(0.01)).isEqualTo(new SplitConformal.Labels(true, true));
    assertThat(SplitConformal.of(few, 0.05).limit()).isEqualTo(0.05);
    assertThatThrownBy(() -> SplitConformal.of(few, 1))
        .isInstanceOf(IllegalArgumentException.class);
    LabelledScores margins = Expected.scores("margins");
    assertThatThrownBy(() -> SplitConformal.of(margins, 0.9))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void conformalSetsHoldTheLabelAsOftenAsStatedEvenOfAWrongModel() {
    // Without ties a new row is covered with probability k / (n + 1), k = 46 of 51.
    SplitMix64 chance = new SplitMix64(8);
    int covered = 0;
    int runs = 20_000;
    for (int run = 0; run < runs; run++) {
      LabelledScores.Builder builder = LabelledScores.builder();
      for (int i = 0; i < 50; i++) {
        double p = chance.uniform();
        builder.add(p, chance.uniform() < p * p * p);
      }
      SplitConformal sets = SplitConformal.of(builder.build(), 0.9);
      double p = chance.uniform();
      boolean event = chance.uniform() < p * p * p;
      SplitConformal.Labels labels = sets.labels(p);
      covered += event ? (labels.event() ? 1 : 0) : labels.none() ? 1 : 0;
    }
    double share = 46 / 51.0;
    assertThat(covered / (double) runs)
        .isCloseTo(share, within(3.3 * Math.sqrt(share * (1 - share) / runs)));
  }

  private static Rows joint(long seed, int rows, double link, double shift) {
    SplitMix64 chance = new SplitMix64(seed);
    double[][] columns = new double[3][rows];
    for (int i = 0; i < rows; i++) {
      double a = chance.normal();
      double b = chance.normal();
      columns[0][i] = a;
      columns[1][i] = link * a + b + shift;
      columns[2][i] = chance.normal() * 3;
    }
    return Rows.of(List.of(columns));
  }

  @Test
  void distancesAndSimilaritiesAgree() {
    Mistrust mistrust = Mistrust.of(joint(9, 50, 0.5, 0)).orElseThrow();
    double[] distances = mistrust.distances(joint(10, 6, -0.5, 1));
    double[] similarities = mistrust.similarities(joint(10, 6, -0.5, 1));
    for (int i = 0; i < 6; i++) {
      assertThat(distances[i]).isCloseTo(SITE.path("distances").get(i).asDouble(), within(NEAR));
      assertThat(similarities[i])
          .isCloseTo(SITE.path("similarities").get(i).asDouble(), within(NEAR));
    }
    for (double own : mistrust.similarities(joint(9, 50, 0.5, 0))) {
      assertThat(own).isBetween(1 - 1e-12, 1.0);
    }
  }

  @Test
  void whatFollowsFromOthersHasNoDistance() {
    double[] x = {1, 2, 3, 5};
    double[] y = {2, 4, 6, 10};
    assertThat(Mistrust.of(Rows.of(List.of(x, y)))).isEmpty();
    assertThat(Mistrust.of(Rows.of(List.of(new double[] {1})))).isEmpty();
    Mistrust one = Mistrust.of(Rows.of(List.of(x))).orElseThrow();
    double middle = 11 / 4.0;
    Rows rows = Rows.of(List.of(new double[] {middle, middle + 2}));
    assertThat(one.distances(rows)[0]).isZero();
    assertThat(one.distances(rows)[1]).isCloseTo(2 / Math.sqrt(35 / 12.0), within(1e-12));
    assertThat(one.similarities(rows)[0]).isZero();
    assertThat(one.similarities(rows)[1]).isEqualTo(1);
  }

  @Test
  void relianceIsAcceptanceOfRightLessThatOfWrong() {
    List<Estimate> told =
        new Reliance(new Answers(60, 20, 20), new Answers(10, 30, 10), new Answers(5, 0, 45)).all();
    assertThat(told.get(0).get()).isEqualTo(75 / 200.0);
    assertThat(told.get(1).get()).isEqualTo(50 / 200.0);
    assertThat(told.get(2).get()).isEqualTo(75 / 125.0);
    assertThat(told.get(3).get()).isCloseTo(0.6 - 0.2, within(1e-15));
    assertThat(told.get(3).n()).isEqualTo(150);
    assertThat(told.get(3).interval().orElseThrow().method()).isEqualTo("newcombe");
    // Wilson's intervals by hand: of 60 of 100 0.5020026 to 0.6905987, of 10 of 50 0.1124375 to
    // 0.3303711.
    assertThat(told.get(3).interval().orElseThrow().lower())
        .isCloseTo(0.4 - Math.hypot(0.6 - 0.5020026, 0.3303711 - 0.2), within(1e-6));
    assertThat(told.get(3).interval().orElseThrow().upper())
        .isCloseTo(0.4 + Math.hypot(0.6905987 - 0.6, 0.2 - 0.1124375), within(1e-6));
    Answers nobody = new Answers(0, 0, 0);
    for (Estimate estimate : new Reliance(nobody, nobody, nobody).all()) {
      assertThat(estimate.optional()).isEmpty();
    }
    assertThat(new Reliance(new Answers(1, 0, 0), nobody, nobody).all().get(3).optional())
        .isEmpty();
    assertThatThrownBy(() -> new Answers(0, -1, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void decisionsAreReplacedOrEnhanced() {
    List<Estimate> rates = new DecisionsInScope(200, 120, 30).rates();
    assertThat(rates.get(0).get()).isEqualTo(0.6);
    assertThat(rates.get(1).get()).isEqualTo(0.15);
    assertThat(rates.get(1).definition().name()).isEqualTo("enhancement-rate");
    assertThat(new DecisionsInScope(0, 0, 0).rates().get(0).optional()).isEmpty();
    assertThatThrownBy(() -> new DecisionsInScope(5, 6, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new DecisionsInScope(5, 1, -1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
