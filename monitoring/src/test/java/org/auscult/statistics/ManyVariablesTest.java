package org.auscult.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import org.auscult.statistics.estimate.Estimate;
import org.auscult.statistics.multivariate.CorrelationChange;
import org.auscult.statistics.multivariate.DomainClassifier;
import org.auscult.statistics.multivariate.JointDrift;
import org.auscult.statistics.multivariate.MeanDiscrepancy;
import org.auscult.statistics.multivariate.MixedTable;
import org.auscult.statistics.multivariate.ReconstructionError;
import org.auscult.statistics.multivariate.Rows;
import org.auscult.statistics.uncertainty.SplitMix64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Drift of many variables together, against make.py. */
class ManyVariablesTest {
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

  @ParameterizedTest
  @ValueSource(strings = {"none", "link", "shift", "large"})
  void figuresAgree(String name) {
    JsonNode set = Expected.ALL.path("small").path("multivariate").path(name);
    Rows before = joint(set.path("seed").asLong(), set.path("rows").asInt(), 0.5, 0);
    Rows now =
        joint(
            set.path("seedOfCurrent").asLong(),
            set.path("rowsOfCurrent").asInt(),
            set.path("link").asDouble(),
            set.path("shift").asDouble());
    var expected = JsonNodeFactory.instance.objectNode();
    expected.set("mmd-squared", set.path("mmd-squared"));
    expected.set("correlation-change", set.path("correlation-change"));
    expected.set("domain-auroc", set.path("domain-auroc"));
    expected.set("pca-reconstruction-error", set.path("pca-reconstruction-error"));
    Expected.compare(name, expected, JointDrift.of(before, now, 99, 81));
  }

  @Test
  void unitsAndOriginsDoNotCount() {
    Rows before = joint(1, 60, 0.5, 0);
    Rows now = joint(2, 50, 0.5, 1);
    List<Estimate> as = JointDrift.of(before, now, 50, 1);
    List<Estimate> others = JointDrift.of(scaled(before), scaled(now), 50, 1);
    for (int i = 0; i < as.size(); i++) {
      Estimate.Known of = (Estimate.Known) as.get(i);
      Estimate.Known other = (Estimate.Known) others.get(i);
      assertThat(Math.abs(other.value() - of.value())).isLessThan(1e-12);
      assertThat(other.certainty().pValue()).isEqualTo(of.certainty().pValue());
    }
  }

  private static Rows scaled(Rows rows) {
    double[][] columns = new double[rows.width()][rows.size()];
    for (int j = 0; j < columns.length; j++) {
      for (int i = 0; i < columns[j].length; i++) {
        columns[j][i] = 8 * rows.get(i, j) + 5;
      }
    }
    return Rows.of(List.of(columns));
  }

  @Test
  void whatCannotBeHadIsUnknown() {
    Rows constant = Rows.of(List.of(new double[6], new double[6]));
    assertThat(MeanDiscrepancy.of(constant, constant, 10, 1).optional()).isEmpty();
    assertThat(CorrelationChange.of(constant, constant, 10, 1).optional()).isEmpty();
    assertThat(ReconstructionError.of(constant, constant, 10, 1).optional()).isEmpty();
    Estimate.Known domain = (Estimate.Known) DomainClassifier.of(constant, constant, 10, 1);
    assertThat(domain.value()).isEqualTo(0.5);
    assertThat(Objects.requireNonNull(domain.certainty().pValue()).value()).isEqualTo(1);
    Rows one = Rows.of(List.of(new double[1], new double[1]));
    assertThat(MeanDiscrepancy.of(one, constant, 10, 1).optional()).isEmpty();
    for (Estimate estimate : JointDrift.of(one, constant, 10, 1)) {
      assertThat(estimate.optional()).as(estimate.definition().name()).isEmpty();
    }
    for (Estimate estimate : JointDrift.of(constant, one, 10, 1)) {
      assertThat(estimate.optional()).as(estimate.definition().name()).isEmpty();
    }
    Rows narrow = Rows.of(List.of(new double[6]));
    assertThat(ReconstructionError.of(narrow, narrow, 10, 1).optional()).isEmpty();
    for (BiFunction<Rows, Rows, Estimate> figure :
        List.<BiFunction<Rows, Rows, Estimate>>of(
            (a, b) -> DomainClassifier.of(a, b, 10, 1),
            (a, b) -> MeanDiscrepancy.of(a, b, 10, 1),
            (a, b) -> ReconstructionError.of(a, b, 10, 1),
            (a, b) -> CorrelationChange.of(a, b, 10, 1))) {
      assertThatThrownBy(() -> figure.apply(narrow, constant))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> Rows.of(List.of(new double[] {Double.NaN})))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** The same rows of a wider table. */
  private static Rows wide(long seed, int width, double shift) {
    SplitMix64 chance = new SplitMix64(seed);
    double[][] columns = new double[width][300];
    for (int i = 0; i < 300; i++) {
      double common = chance.normal();
      for (double[] column : columns) {
        column[i] = common + chance.normal() * (1 + shift);
      }
    }
    return Rows.of(List.of(columns));
  }

  @ParameterizedTest
  @ValueSource(ints = {12, 13, 40})
  void wideTablesAreTold(int width) {
    for (Estimate figure : JointDrift.of(wide(1, width, 0), wide(2, width, 0.8), 39, 1)) {
      Estimate.Known known = (Estimate.Known) figure;
      assertThat(Objects.requireNonNull(known.certainty().pValue()).value())
          .as(figure.definition().name())
          .isEqualTo(1 / 40.0);
    }
    Estimate area = DomainClassifier.of(wide(1, width, 0), wide(2, width, 0.8), 39, 1);
    assertThat(area.interval().orElseThrow().lower()).isGreaterThan(0.5);
  }

  @Test
  void tablesBecomeVariablesByWhatTheReferenceHolds() {
    MixedTable before =
        new MixedTable(
            Map.of("x", List.of(1.0, 3.0, Double.NaN, 2.0)),
            Map.of("k", List.of("b", "a", "b", "")));
    MixedTable now =
        new MixedTable(Map.of("x", List.of(5.0, Double.NaN)), Map.of("k", List.of("new", "a")));
    MixedTable.Encoded encoded = MixedTable.encode(before, now);
    assertThat(encoded.variables())
        .containsExactly("x", "x missing", "k = b", "k missing", "k = a");
    double[][] expected = {
      {1, 0, 1, 0, 0},
      {3, 0, 0, 0, 1},
      {2, 1, 1, 0, 0},
      {2, 0, 0, 1, 0},
      {5, 0, 0, 0, 0},
      {2, 1, 0, 0, 1}
    };
    for (int i = 0; i < expected.length; i++) {
      for (int j = 0; j < 5; j++) {
        double value = i < 4 ? encoded.reference().get(i, j) : encoded.current().get(i - 4, j);
        assertThat(value).as(i + " " + j).isEqualTo(expected[i][j]);
      }
    }
    assertThat(encoded.leftOut()).isEmpty();
    MixedTable other = new MixedTable(Map.of(), Map.of("k", List.of("a")));
    assertThatThrownBy(() -> MixedTable.encode(before, other))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> MixedTable.encode(other, before))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                new MixedTable(
                    Map.of("x", List.of(1.0), "y", List.of(1.0, 2.0)), Map.of("k", List.of("a"))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void tooManyVariablesAreLeftOutByColumn() {
    Map<String, List<Double>> numbers = new LinkedHashMap<>();
    for (int i = 0; i < 95; i++) {
      numbers.put("x" + i, List.of(1.0, (double) i + 2));
    }
    numbers.put("constant", List.of(1.0, 1.0));
    List<String> many = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      many.add("c" + i);
    }
    Map<String, List<String>> categories = new LinkedHashMap<>();
    categories.put("first", many);
    categories.put("second", many);
    categories.put("third", many);
    MixedTable table = new MixedTable(numbers, categories);
    MixedTable.Encoded encoded = MixedTable.encode(table, table);
    assertThat(encoded.variables()).hasSize(99).doesNotContain("constant");
    assertThat(encoded.leftOut()).containsExactly("third");
    List<String> kinds = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      kinds.add("c" + i / 2);
    }
    MixedTable wide = new MixedTable(Map.of(), Map.of("k", kinds));
    assertThat(MixedTable.encode(wide, wide).variables())
        .hasSize(MixedTable.MOST_CATEGORIES)
        .contains("k = c0", "k = c1", "k = c10")
        .doesNotContain("k = c9");
  }

  @Test
  void rareCategoriesMakeNoFalseAlarmsOfCorrelations() {
    // Two of the variables are 1 in few rows, and often do not vary in one of the samples at all.
    int alarms = 0;
    SplitMix64 chance = new SplitMix64(4);
    for (int run = 0; run < 400; run++) {
      Rows before = rare(chance);
      Rows now = rare(chance);
      Estimate.Known told = (Estimate.Known) CorrelationChange.of(before, now, 19, run);
      alarms += Objects.requireNonNull(told.certainty().pValue()).value() <= 0.05 ? 1 : 0;
    }
    // The exact 99 % interval of 400 runs at 0.05.
    assertThat(alarms).isBetween(10, 32);
  }

  private static Rows rare(SplitMix64 chance) {
    double[][] columns = new double[4][40];
    for (int i = 0; i < 40; i++) {
      columns[0][i] = chance.normal();
      columns[1][i] = Math.exp(chance.normal());
      columns[2][i] = chance.below(40) == 0 ? 1 : 0;
      columns[3][i] = chance.below(30) == 0 ? 1 : 0;
    }
    return Rows.of(List.of(columns));
  }
}
