package org.auscult.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.auscult.statistics.discrimination.Auroc;
import org.auscult.statistics.discrimination.PrecisionRecall;
import org.auscult.statistics.estimate.Estimate;
import org.auscult.statistics.estimate.Interval;
import org.auscult.statistics.evaluation.BinaryEvaluation;
import org.auscult.statistics.sample.LabelledScores;
import org.auscult.statistics.uncertainty.BinnedBootstrap;
import org.auscult.statistics.uncertainty.ClusterBootstrap;
import org.auscult.statistics.uncertainty.SplitMix64;
import org.junit.jupiter.api.Test;

/** The bootstrap of binned rows, against make.py and against what it must not change. */
class BinnedBootstrapTest {
  private static final JsonNode ALL = Expected.ALL.path("small").path("binned-bootstrap");
  private static final Set<String> FILLED =
      Set.of("auprc-trapezoid", "ece", "ece-equal-count", "eavg", "e90", "emax");

  private static LabelledScores generated(int rows) {
    SplitMix64 chance = new SplitMix64(33);
    LabelledScores.Builder builder = LabelledScores.builder();
    for (int i = 0; i < rows; i++) {
      double u = chance.uniform();
      double score = i % 5 == 0 ? Math.floor(u * u * 64) / 64 : u * u;
      builder.add(score, chance.uniform() < 0.8 * score + 0.01);
    }
    return builder.build();
  }

  private static List<Estimate> resampled(LabelledScores scores, int replicates, long seed) {
    return BinaryEvaluation.resampled(BinaryEvaluation.ofLabels(scores), scores, replicates, seed);
  }

  private static void compare(JsonNode expected, LabelledScores scores) {
    List<Estimate> told =
        resampled(scores, expected.path("replicates").asInt(), expected.path("seed").asLong());
    ObjectNode figures = JsonNodeFactory.instance.objectNode();
    expected.path("figures").properties().forEach(f -> figures.set(f.getKey(), f.getValue()));
    Expected.compare(
        "binned",
        figures,
        told.stream().filter(figure -> figures.has(figure.definition().name())).toList());
    assertThat(told.get(6).interval().orElseThrow().method())
        .isEqualTo(
            "basic poisson bootstrap of %d bins, %d replicates, seed %d"
                .formatted(
                    expected.path("bins").asInt(),
                    expected.path("replicates").asInt(),
                    expected.path("seed").asInt()));
  }

  @Test
  void intervalsAgreeReplicateByReplicate() {
    compare(ALL.path("calibrated"), Expected.scores("calibrated"));
    compare(ALL.path("generated"), generated(5_000));
  }

  @Test
  void onlyWhatHasNoClosedIntervalIsFilledAndNoValueChanges() {
    LabelledScores scores = generated(3_000);
    List<Estimate> plain = BinaryEvaluation.ofLabels(scores);
    List<Estimate> told = resampled(scores, 50, 1);
    assertThat(told).hasSameSizeAs(plain);
    for (int i = 0; i < plain.size(); i++) {
      String name = plain.get(i).definition().name();
      if (FILLED.contains(name)) {
        assertThat(told.get(i).get()).isEqualTo(plain.get(i).get());
        assertThat(plain.get(i).interval()).isEmpty();
        assertThat(told.get(i).interval()).as(name).isPresent();
      } else {
        assertThat(told.get(i)).isEqualTo(plain.get(i));
      }
    }
  }

  @Test
  void itIsAsWideAsClosedIntervalsAndAsTheBootstrapOfRows() {
    // A figure with a closed interval, as if it had none; and all others by single rows.
    LabelledScores scores = generated(4_000);
    Estimate area =
        BinnedBootstrap.estimates(scores, some -> List.of(Auroc.of(some)), 2_000, 3).get(0);
    assertThat(width(area) / width(Auroc.of(scores))).isBetween(0.95, 1.05);
    Estimate precision =
        BinnedBootstrap.estimates(
                scores, some -> List.of(PrecisionRecall.averagePrecision(some)), 2_000, 3)
            .get(0);
    assertThat(width(precision) / width(PrecisionRecall.averagePrecision(scores)))
        .isBetween(0.95, 1.05);
    SplitMix64 chance = new SplitMix64(5);
    int n = 1_500;
    double[] p = new double[n];
    boolean[] events = new boolean[n];
    int[] rows = new int[n];
    Arrays.setAll(rows, i -> i);
    for (int i = 0; i < n; i++) {
      p[i] = 0.02 + 0.96 * chance.uniform();
      events[i] = chance.uniform() < p[i] * p[i];
    }
    List<Estimate> binned = resampled(LabelledScores.of(p, events), 800, 2);
    List<Estimate> single =
        ClusterBootstrap.of(p, events, rows).estimates(BinaryEvaluation::ofLabels, 800, 2);
    int compared = 0;
    for (int i = 0; i < binned.size(); i++) {
      if (FILLED.contains(binned.get(i).definition().name())) {
        assertThat(width(binned.get(i)) / width(single.get(i)))
            .as(binned.get(i).definition().name())
            .isBetween(0.85, 1.15);
        compared++;
      }
    }
    assertThat(compared).isEqualTo(FILLED.size());
  }

  private static double width(Estimate estimate) {
    Interval interval = estimate.interval().orElseThrow();
    return interval.upper() - interval.lower();
  }

  @Test
  void theTrueErrorLiesWithinOftenEnough() {
    // Scores p whose events have probability p²: the true error of equal width is known.
    double truth = 0;
    int grid = 1_000_000;
    for (int k = 0; k < 10; k++) {
      double sum = 0;
      for (int i = 0; i < grid / 10; i++) {
        double p = k / 10.0 + (i + 0.5) / grid;
        sum += p - p * p;
      }
      truth += Math.abs(sum) / grid;
    }
    int covered = 0;
    SplitMix64 chance = new SplitMix64(11);
    for (int run = 0; run < 200; run++) {
      LabelledScores.Builder builder = LabelledScores.builder();
      for (int i = 0; i < 600; i++) {
        double p = chance.uniform();
        builder.add(p, chance.uniform() < p * p);
      }
      Interval interval = resampled(builder.build(), 200, run).get(6).interval().orElseThrow();
      covered += interval.lower() <= truth && truth <= interval.upper() ? 1 : 0;
    }
    assertThat(covered).isBetween(181, 199);
  }

  @Test
  void whatIsUnknownStaysSoAndReplicatesWithoutAValueAreTold() {
    List<Estimate> none = resampled(LabelledScores.builder().build(), 20, 1);
    assertThat(none).allMatch(figure -> figure.optional().isEmpty());
    LabelledScores few =
        LabelledScores.of(new double[] {0.1, 0.2, 0.9}, new boolean[] {false, false, true});
    Estimate.Known area = (Estimate.Known) resampled(few, 100, 1).get(3);
    assertThat(area.definition().name()).isEqualTo("auprc-trapezoid");
    assertThat(area.certainty().interval()).isNull();
    assertThat(Objects.requireNonNull(area.certainty().note()))
        .matches("no interval: \\d\\d of 100 replicates had no value");
    assertThatThrownBy(() -> resampled(few, 0, 1)).isInstanceOf(IllegalArgumentException.class);
  }
}
