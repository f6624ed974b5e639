package org.auscult.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.auscult.statistics.agreement.Kappa;
import org.auscult.statistics.estimate.Estimate;
import org.auscult.statistics.estimate.Interval;
import org.auscult.statistics.estimated.EstimatedPerformance;
import org.auscult.statistics.evaluation.BinaryEvaluation;
import org.auscult.statistics.sample.LabelledScores;
import org.auscult.statistics.sample.Numbers;
import org.auscult.statistics.series.ControlLimits;
import org.auscult.statistics.series.Cusum;
import org.auscult.statistics.series.ErrorRateDrift;
import org.auscult.statistics.series.ErrorRateDrift.Decision;
import org.auscult.statistics.series.ErrorRateDrift.State;
import org.auscult.statistics.series.PageHinkley;
import org.auscult.statistics.uncertainty.ClusterBootstrap;
import org.auscult.statistics.window.CalibrationChange;
import org.auscult.statistics.window.Window;
import org.junit.jupiter.api.Test;

/** Agreement, estimates before labels, series and the bootstrap, against make.py. */
class OverTimeTest {
  private static final JsonNode SMALL = Expected.ALL.path("small");

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(one -> texts.add(one.asText()));
    return texts;
  }

  private static List<Double> numbers(JsonNode array) {
    List<Double> numbers = new ArrayList<>();
    array.forEach(one -> numbers.add(one.asDouble()));
    return numbers;
  }

  @Test
  void kappaAgrees() {
    JsonNode set = SMALL.path("agreement");
    Expected.compare(
        "kappa",
        JsonNodeFactory.instance.objectNode().set("kappa", set.path("kappa")),
        List.of(Kappa.of(texts(set.path("first")), texts(set.path("second")))));
  }

  @Test
  void kappaIsOneOfEqualsAndUnknownOfOneKind() {
    Estimate equal = Kappa.of(List.of("a", "b", "b"), List.of("a", "b", "b"));
    assertThat(equal.get()).isEqualTo(1);
    assertThat(equal.interval()).isEmpty();
    assertThat(Kappa.of(List.of("a", "a"), List.of("a", "a")).optional()).isEmpty();
    assertThat(Kappa.of(List.of(), List.of()).optional()).isEmpty();
    assertThat(Kappa.of(List.of("a", "b"), List.of("b", "a")).get()).isEqualTo(-1);
  }

  @Test
  void estimatesBeforeLabelsAgree() {
    JsonNode set = SMALL.path("estimated");
    double[] p = numbers(set.path("p")).stream().mapToDouble(Double::doubleValue).toArray();
    Expected.compare(
        "estimated",
        set.path("figures"),
        EstimatedPerformance.of(Numbers.of(p), set.path("threshold").asDouble()));
  }

  @Test
  void estimatesSayThatTheyAreAndWhatTheyAssume() {
    for (Estimate estimate : EstimatedPerformance.of(Numbers.of(0.2, 0.7), 0.5)) {
      assertThat(estimate.definition().name()).startsWith("estimated-");
      assertThat(estimate.definition().parameters()).containsKey("assumes");
    }
    for (Estimate estimate : EstimatedPerformance.of(Numbers.of(), 0.5)) {
      assertThat(estimate.optional()).isEmpty();
    }
    assertThatThrownBy(() -> EstimatedPerformance.of(Numbers.of(1.5), 0.5))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void errorStreamsAlarmWhenTheyShould() {
    JsonNode set = SMALL.path("series");
    PageHinkley hinkley = PageHinkley.start(0.005, 12);
    ErrorRateDrift rate = ErrorRateDrift.start();
    int first = -1;
    int drift = -1;
    int warnings = 0;
    int i = 0;
    for (JsonNode error : set.path("errors")) {
      hinkley = hinkley.after(error.asInt());
      rate = rate.after(error.asInt() == 1 ? Decision.WRONG : Decision.RIGHT);
      first = first < 0 && hinkley.alarms() ? i : first;
      drift = drift < 0 && rate.state() == State.DRIFT ? i : drift;
      warnings += rate.state() == State.WARNING ? 1 : 0;
      i++;
    }
    assertThat(first).isEqualTo(set.path("pageHinkley").asInt()).isGreaterThan(300);
    assertThat(drift).isEqualTo(set.path("drift").asInt()).isGreaterThan(300);
    assertThat(warnings).isEqualTo(set.path("warnings").asInt());
  }

  @Test
  void aFirstErrorAloneIsNoDrift() {
    ErrorRateDrift rate = ErrorRateDrift.start();
    for (int i = 0; i < 100; i++) {
      rate = rate.after(Decision.RIGHT);
      assertThat(rate.state()).isEqualTo(State.STABLE);
    }
    assertThat(rate.after(Decision.WRONG).state()).isEqualTo(State.STABLE);
    for (int i = 0; i < 20; i++) {
      rate = rate.after(Decision.WRONG);
    }
    assertThat(rate.state()).isEqualTo(State.DRIFT);
  }

  @Test
  void limitsAndSumsAgree() {
    JsonNode set = SMALL.path("series");
    ControlLimits limits = ControlLimits.of(numbers(set.path("chunks"))).orElseThrow();
    assertThat(limits.lower()).isCloseTo(set.path("lower").asDouble(), within(1e-12));
    assertThat(limits.upper()).isCloseTo(set.path("upper").asDouble(), within(1e-12));
    assertThat(limits.alarms(limits.upper() + 1e-9)).isTrue();
    assertThat(limits.alarms(limits.upper())).isFalse();
    assertThat(limits.alarms(limits.lower() - 1e-9)).isTrue();
    Cusum sums = Cusum.start(limits);
    boolean alarmed = false;
    for (int i = 0; i < set.path("later").size(); i++) {
      sums = sums.after(set.path("later").get(i).asDouble());
      assertThat(sums.above()).isCloseTo(set.path("above").get(i).asDouble(), within(1e-9));
      assertThat(sums.below()).isCloseTo(set.path("below").get(i).asDouble(), within(1e-9));
      assertThat(sums.alarms())
          .isEqualTo(
              set.path("above").get(i).asDouble() > 5 || set.path("below").get(i).asDouble() > 5);
      alarmed |= sums.alarms();
    }
    assertThat(alarmed).isTrue();
    assertThat(ControlLimits.of(List.of(1.0))).isEmpty();
    assertThatThrownBy(() -> Cusum.start(new ControlLimits(1, 0)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theBootstrapOfPatientsAgreesReplicateByReplicate() {
    Map<String, List<String>> columns = Expected.columns("calibrated.csv");
    double[] scores = Expected.doubles(columns.getOrDefault("score", List.of()));
    List<String> labels = columns.getOrDefault("label", List.of());
    boolean[] events = new boolean[scores.length];
    int[] patients = new int[scores.length];
    for (int i = 0; i < scores.length; i++) {
      events[i] = labels.get(i).equals("1");
      patients[i] = i / 3;
    }
    ClusterBootstrap bootstrap = ClusterBootstrap.of(scores, events, patients);
    List<Estimate> told = bootstrap.estimates(BinaryEvaluation::ofLabels, 200, 74);
    assertThat(bootstrap.estimates(BinaryEvaluation::ofLabels, 200, 74)).isEqualTo(told);
    List<Estimate> plain = BinaryEvaluation.ofLabels(LabelledScores.of(scores, events));
    for (int i = 0; i < told.size(); i++) {
      assertThat(told.get(i).definition()).isEqualTo(plain.get(i).definition());
      assertThat(told.get(i).get()).isEqualTo(plain.get(i).get());
      Interval interval = told.get(i).interval().orElseThrow();
      assertThat(interval.method()).contains("167 clusters, 200 replicates, seed 74");
      JsonNode expected = SMALL.path("bootstrap").path(told.get(i).definition().name());
      if (!expected.isMissingNode()) {
        assertThat(interval.lower()).isCloseTo(expected.path("lower").asDouble(), within(1e-9));
        assertThat(interval.upper()).isCloseTo(expected.path("upper").asDouble(), within(1e-9));
      }
    }
  }

  @Test
  void closedIntervalsAreAboutThoseOfTheBootstrapOfSingleRows() {
    // What the delta method and the jackknife claim, 2,000 replicates must bear out.
    Map<String, List<String>> columns = Expected.columns("calibrated.csv");
    double[] scores = Expected.doubles(columns.getOrDefault("score", List.of()));
    List<String> labels = columns.getOrDefault("label", List.of());
    boolean[] events = new boolean[scores.length];
    int[] rows = new int[scores.length];
    Arrays.setAll(rows, i -> i);
    for (int i = 0; i < scores.length; i++) {
      events[i] = labels.get(i).equals("1");
    }
    List<Estimate> closed = BinaryEvaluation.ofLabels(LabelledScores.of(scores, events));
    List<Estimate> drawn =
        ClusterBootstrap.of(scores, events, rows).estimates(BinaryEvaluation::ofLabels, 2_000, 75);
    int compared = 0;
    for (int i = 0; i < closed.size(); i++) {
      if (closed.get(i).interval().isPresent()) {
        Interval one = closed.get(i).interval().orElseThrow();
        Interval other = drawn.get(i).interval().orElseThrow();
        assertThat((one.upper() - one.lower()) / (other.upper() - other.lower()))
            .as(closed.get(i).definition().name())
            .isBetween(0.9, 1.2);
        compared++;
      }
    }
    assertThat(compared).isGreaterThanOrEqualTo(8);
  }

  @Test
  void replicatesWithoutAValueTakeTheIntervalAway() {
    List<Estimate> told =
        ClusterBootstrap.of(
                new double[] {0.1, 0.2, 0.9},
                new boolean[] {false, false, true},
                new int[] {0, 1, 2})
            .estimates(BinaryEvaluation::ofLabels, 100, 1);
    assertThat(told.get(1).get()).isEqualTo(1);
    assertThat(told.get(1).interval()).isEmpty();
  }

  @Test
  void changesBetweenWindowsAgree() {
    List<Window> windows = new ArrayList<>();
    for (String set : List.of("calibrated", "overconfident", "ties")) {
      Instant from = Instant.ofEpochSecond(windows.size());
      windows.add(new Window(from, from.plusSeconds(1), Expected.scores(set)));
    }
    Expected.compare("over time", SMALL.path("over-time"), CalibrationChange.of(windows));
  }
}
