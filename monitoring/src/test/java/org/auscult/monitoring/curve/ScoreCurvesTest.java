package org.auscult.monitoring.curve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.auscult.monitoring.curve.ScoreCurves.Cut;
import org.auscult.statistics.discrimination.Confusion;
import org.auscult.statistics.sample.LabelledScores;
import org.junit.jupiter.api.Test;

class ScoreCurvesTest {
  private static final List<Double> THRESHOLDS = List.of(0.05, 0.2, 0.21);

  private static LabelledScores scores(Random random) {
    LabelledScores.Builder builder = LabelledScores.builder();
    int n = 1 + random.nextInt(600);
    double steps = random.nextBoolean() ? 10 : 1e9;
    double rate = random.nextDouble();
    for (int i = 0; i < n; i++) {
      double score = Math.round(random.nextDouble() * steps) / steps;
      builder.add(score, random.nextDouble() < rate * (0.3 + score));
    }
    return builder.build();
  }

  /** Whoever takes one point from another reads no count of ten people or fewer. */
  @Test
  void noTwoPointsTellOfTenOrFewer() {
    Random random = new Random(3);
    int told = 0;
    for (int run = 0; run < 2_000; run++) {
      LabelledScores scores = scores(random);
      ScoreCurves curves = ScoreCurves.of(scores, THRESHOLDS).orElse(null);
      if (curves == null) {
        continue;
      }
      told++;
      long events = scores.positives();
      long others = scores.negatives();
      for (Cut cut : curves.cuts()) {
        Confusion cells = Confusion.at(cut.threshold(), scores);
        assertThat(events - cells.truePositives()).isGreaterThan(10);
        assertThat(others - cells.falsePositives()).isGreaterThan(10);
        events = cells.truePositives();
        others = cells.falsePositives();
        assertThat(cut.sensitivity()).isEqualTo(events / (double) scores.positives());
        assertThat(cut.falsePositiveRate()).isEqualTo(others / (double) scores.negatives());
        assertThat(cut.precision()).isEqualTo(events / (double) (events + others));
      }
      assertThat(events).isGreaterThan(10);
      assertThat(others).isGreaterThan(10);
      assertThat(curves.cuts().size()).isBetween(1, ScoreSteps.MOST + THRESHOLDS.size());
    }
    assertThat(told).isGreaterThan(500);
  }

  @Test
  void noCutIsAPersonsScore() {
    Random random = new Random(4);
    for (int run = 0; run < 200; run++) {
      LabelledScores scores = scores(random);
      for (Cut cut : ScoreCurves.of(scores, List.of()).map(ScoreCurves::cuts).orElse(List.of())) {
        int k = scores.firstAtLeast(cut.threshold());
        assertThat(scores.score(k)).isNotEqualTo(cut.threshold());
      }
    }
  }

  @Test
  void binsAreMadeOfStepsAndHoldAllRows() {
    Random random = new Random(5);
    for (int run = 0; run < 500; run++) {
      LabelledScores scores = scores(random);
      ScoreCurves.of(scores, THRESHOLDS)
          .ifPresent(
              curves -> {
                assertThat(curves.bins().stream().mapToInt(ScoreCurves.Bin::n).sum())
                    .isEqualTo(scores.n());
                double events =
                    curves.bins().stream().mapToDouble(bin -> bin.n() * bin.observed()).sum();
                assertThat(events).isEqualTo(scores.positives(), offset(1e-6));
                assertThat(curves.bins())
                    .isSortedAccordingTo((a, b) -> Double.compare(a.meanScore(), b.meanScore()));
              });
    }
  }

  @Test
  void scoresThatAreNoProbabilitiesHaveNoCalibrationAndNoBenefit() {
    double[] points = new double[400];
    boolean[] events = new boolean[400];
    for (int i = 0; i < points.length; i++) {
      points[i] = i % 12;
      events[i] = i % 3 == 0;
    }
    ScoreCurves curves = ScoreCurves.of(LabelledScores.of(points, events), List.of()).orElseThrow();
    assertThat(curves.cuts()).isNotEmpty().allSatisfy(cut -> assertThat(cut.benefit()).isNull());
    assertThat(curves.bins()).isEmpty();
    assertThat(curves.smooth()).isEmpty();
  }

  @Test
  void ofFewNothingIsTold() {
    List<Double> some = new ArrayList<>();
    assertThat(ScoreCurves.of(LabelledScores.builder().build(), some)).isEmpty();
    LabelledScores.Builder builder = LabelledScores.builder();
    for (int i = 0; i < 500; i++) {
      builder.add(i / 500.0, i % 25 == 0);
    }
    // Twenty events: two steps would need twenty-two.
    assertThat(ScoreCurves.of(builder.build(), some)).isEmpty();
  }
}
