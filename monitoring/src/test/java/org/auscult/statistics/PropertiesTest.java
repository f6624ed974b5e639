package org.auscult.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.auscult.statistics.calibration.BinnedCalibration;
import org.auscult.statistics.discrimination.Auroc;
import org.auscult.statistics.discrimination.CurvePoint;
import org.auscult.statistics.discrimination.PrecisionRecall;
import org.auscult.statistics.drift.CategoricalDrift;
import org.auscult.statistics.drift.FalseDiscovery;
import org.auscult.statistics.drift.NumericDrift;
import org.auscult.statistics.estimate.Estimate;
import org.auscult.statistics.estimate.Interval;
import org.auscult.statistics.evaluation.BinaryEvaluation;
import org.auscult.statistics.sample.Categories;
import org.auscult.statistics.sample.LabelledScores;
import org.auscult.statistics.sample.Numbers;
import org.auscult.statistics.uncertainty.Proportion;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What must hold of the figures on any data. */
class PropertiesTest {
  /** Rows with ties. */
  private record Rows(double[] scores, boolean[] events) {
    static Rows of(int seed) {
      Random random = new Random(seed);
      int n = 20 + random.nextInt(200);
      double[] scores = new double[n];
      boolean[] events = new boolean[n];
      for (int i = 0; i < n; i++) {
        scores[i] =
            random.nextInt(30) / 31.0 + (random.nextBoolean() ? 0 : random.nextDouble() / 40);
        events[i] = random.nextDouble() < 0.1 + 0.7 * scores[i];
      }
      events[0] = true;
      events[1] = true;
      events[2] = false;
      events[3] = false;
      return new Rows(scores, events);
    }

    LabelledScores labelled() {
      return LabelledScores.of(scores, events);
    }

    Rows mapped(DoubleUnaryOperator by) {
      double[] mapped = new double[scores.length];
      for (int i = 0; i < mapped.length; i++) {
        mapped[i] = by.applyAsDouble(scores[i]);
      }
      return new Rows(mapped, events);
    }

    Rows shuffled(int seed) {
      List<Integer> order = new ArrayList<>();
      for (int i = 0; i < scores.length; i++) {
        order.add(i);
      }
      Collections.shuffle(order, new Random(seed));
      double[] moved = new double[scores.length];
      boolean[] labels = new boolean[scores.length];
      for (int i = 0; i < moved.length; i++) {
        moved[i] = scores[order.get(i)];
        labels[i] = events[order.get(i)];
      }
      return new Rows(moved, labels);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void areaIsTheShareOfOrderedPairs(int seed) {
    Rows rows = Rows.of(seed);
    double ordered = 0;
    double pairs = 0;
    for (int i = 0; i < rows.scores.length; i++) {
      for (int j = 0; j < rows.scores.length; j++) {
        if (rows.events[i] && !rows.events[j]) {
          pairs++;
          ordered +=
              rows.scores[i] > rows.scores[j] ? 1 : rows.scores[i] == rows.scores[j] ? 0.5 : 0;
        }
      }
    }
    assertThat(Auroc.of(rows.labelled()).get()).isCloseTo(ordered / pairs, within(1e-14));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void risingFunctionsLeaveTheRankingAndFallingOnesTurnIt(int seed) {
    Rows rows = Rows.of(seed);
    Estimate area = Auroc.of(rows.labelled());
    Estimate risen = Auroc.of(rows.mapped(s -> Math.exp(5 * s) - 3).labelled());
    assertThat(risen).isEqualTo(area);
    assertThat(PrecisionRecall.averagePrecision(rows.mapped(s -> 8 * s).labelled()))
        .isEqualTo(PrecisionRecall.averagePrecision(rows.labelled()));
    Estimate fallen = Auroc.of(rows.mapped(s -> -s).labelled());
    assertThat(fallen.get()).isCloseTo(1 - area.get(), within(1e-14));
    assertThat(width(fallen)).isCloseTo(width(area), within(1e-12));
  }

  private static double width(Estimate estimate) {
    Interval interval = estimate.interval().orElseThrow();
    return interval.upper() - interval.lower();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void noFigureHangsOnTheOrderOfRows(int seed) {
    Rows rows = Rows.of(seed);
    List<Double> thresholds = List.of(0.2, 0.5);
    assertThat(BinaryEvaluation.all(rows.shuffled(seed).labelled(), thresholds))
        .isEqualTo(BinaryEvaluation.all(rows.labelled(), thresholds));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void eachRowTwiceLeavesValuesAndNarrowsIntervals(int seed) {
    Rows rows = Rows.of(seed);
    LabelledScores.Builder twice = LabelledScores.builder();
    for (int i = 0; i < rows.scores.length; i++) {
      twice.add(rows.scores[i], rows.events[i]);
      twice.add(rows.scores[i], rows.events[i]);
    }
    LabelledScores doubled = twice.build();
    LabelledScores once = rows.labelled();
    assertThat(Auroc.of(doubled).get()).isCloseTo(Auroc.of(once).get(), within(1e-14));
    assertThat(width(Auroc.of(doubled))).isLessThan(width(Auroc.of(once)));
    assertThat(BinnedCalibration.error(doubled).get())
        .isCloseTo(BinnedCalibration.error(once).get(), within(1e-14));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void oneDifferenceOfAModelToItselfIsNone(int seed) {
    Rows rows = Rows.of(seed);
    Estimate.Known none = (Estimate.Known) Auroc.difference(rows.scores, rows.scores, rows.events);
    assertThat(none.value()).isZero();
    assertThat(none.certainty().pValue()).isNull();
    double[] other = rows.shuffled(seed).scores;
    Estimate there = Auroc.difference(rows.scores, other, rows.events);
    Estimate back = Auroc.difference(other, rows.scores, rows.events);
    assertThat(back.get()).isCloseTo(-there.get(), within(1e-15));
    assertThat(there.get())
        .isCloseTo(
            Auroc.of(rows.labelled()).get() - Auroc.of(LabelledScores.of(other, rows.events)).get(),
            within(1e-14));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void theCurveRisesAndItsTrapezoidsAreTheArea(int seed) {
    LabelledScores scores = Rows.of(seed).labelled();
    double area = 0;
    double sensitivity = 0;
    double falsePositives = 0;
    for (CurvePoint point : CurvePoint.of(scores, Integer.MAX_VALUE)) {
      assertThat(point.sensitivity()).isGreaterThanOrEqualTo(sensitivity);
      assertThat(point.falsePositiveRate()).isGreaterThanOrEqualTo(falsePositives);
      area +=
          (point.falsePositiveRate() - falsePositives) * (point.sensitivity() + sensitivity) / 2;
      sensitivity = point.sensitivity();
      falsePositives = point.falsePositiveRate();
    }
    assertThat(sensitivity).isEqualTo(1);
    assertThat(area).isCloseTo(Auroc.of(scores).get(), within(1e-13));
    assertThat(CurvePoint.of(scores, 5)).hasSize(5);
  }

  private static Numbers numbers(int seed, double shift) {
    Random random = new Random(seed);
    Numbers.Builder builder = Numbers.builder();
    for (int i = 0; i < 150 + random.nextInt(100); i++) {
      if (random.nextInt(20) == 0) {
        builder.addMissing();
      } else {
        builder.add(Math.round(10 * (random.nextGaussian() + shift)) / 10.0);
      }
    }
    return builder.build();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void nothingDriftsFromItself(int seed) {
    Numbers numbers = numbers(seed, 0);
    for (Estimate estimate : NumericDrift.from(numbers).of(numbers)) {
      Estimate.Known known = (Estimate.Known) estimate;
      assertThat(known.value()).as(estimate.definition().name()).isZero();
      if (known.certainty().pValue() != null) {
        assertThat(known.certainty().pValue().value()).isEqualTo(1);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void driftIsBlindToUnits(int seed) {
    Numbers before = numbers(seed, 0);
    Numbers now = numbers(seed + 100, 0.5);
    List<Estimate> as = NumericDrift.from(before).of(now);
    // A power of two, so that no edge is rounded to another side of a value.
    List<Estimate> scaled = NumericDrift.from(scaled(before)).of(scaled(now));
    for (int i = 0; i < as.size(); i++) {
      assertThat(scaled.get(i).get()).isCloseTo(as.get(i).get(), within(1e-12));
    }
  }

  private static Numbers scaled(Numbers numbers) {
    Numbers.Builder builder = Numbers.builder();
    for (int i = 0; i < numbers.size(); i++) {
      builder.add(4 * numbers.get(i));
    }
    for (int i = 0; i < numbers.missing(); i++) {
      builder.addMissing();
    }
    return builder.build();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void mergingCategoriesNeverAddsDistance(int seed) {
    Random random = new Random(seed);
    Map<String, Long> before = new HashMap<>();
    Map<String, Long> now = new HashMap<>();
    for (String kind : List.of("a", "b", "c", "d")) {
      before.put(kind, 50L + random.nextInt(100));
      now.put(kind, 50L + random.nextInt(100));
    }
    List<Estimate> apart = CategoricalDrift.of(Categories.of(before, 3), Categories.of(now, 5));
    before.merge("c", before.remove("d"), Long::sum);
    now.merge("c", now.remove("d"), Long::sum);
    List<Estimate> merged = CategoricalDrift.of(Categories.of(before, 3), Categories.of(now, 5));
    for (int i = 0; i < apart.size(); i++) {
      assertThat(merged.get(i).get()).isLessThanOrEqualTo(apart.get(i).get() + 1e-12);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void adjustedPValuesAreNotLessAndKeepTheirOrder(int seed) {
    Random random = new Random(seed);
    List<Double> given = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      given.add(random.nextDouble() * random.nextDouble());
    }
    List<Double> adjusted = FalseDiscovery.adjusted(given);
    for (int i = 0; i < given.size(); i++) {
      assertThat(adjusted.get(i)).isBetween(given.get(i), 1.0);
      for (int j = 0; j < given.size(); j++) {
        if (given.get(i) <= given.get(j)) {
          assertThat(adjusted.get(i)).isLessThanOrEqualTo(adjusted.get(j));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5, 19, 20})
  void wilsonHoldsTheShareAndIsMirrored(int count) {
    Interval interval = new Proportion(count, 20).wilson();
    Interval mirrored = new Proportion(20 - count, 20).wilson();
    assertThat(count / 20.0).isBetween(interval.lower(), interval.upper());
    assertThat(mirrored.lower()).isCloseTo(1 - interval.upper(), within(1e-15));
  }
}
