package org.auscult.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import org.auscult.statistics.estimate.Estimate;
import org.auscult.statistics.multivariate.CorrelationChange;
import org.auscult.statistics.multivariate.MeanDiscrepancy;
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
    Expected.compare(
        name,
        expected,
        List.of(MeanDiscrepancy.of(before, now, 99, 81), CorrelationChange.of(before, now)));
  }

  @Test
  void unitsAndOriginsDoNotCount() {
    Rows before = joint(1, 60, 0.5, 0);
    Rows now = joint(2, 50, 0.5, 1);
    Estimate as = MeanDiscrepancy.of(before, now, 50, 1);
    Estimate.Known other = (Estimate.Known) MeanDiscrepancy.of(scaled(before), scaled(now), 50, 1);
    assertThat(Math.abs(other.value() - as.get())).isLessThan(1e-12);
    assertThat(other.certainty()).isEqualTo(((Estimate.Known) as).certainty());
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
    assertThat(CorrelationChange.of(constant, constant).optional()).isEmpty();
    Rows one = Rows.of(List.of(new double[1], new double[1]));
    assertThat(MeanDiscrepancy.of(one, constant, 10, 1).optional()).isEmpty();
    assertThat(CorrelationChange.of(one, constant).optional()).isEmpty();
    assertThatThrownBy(() -> Rows.of(List.of(new double[] {Double.NaN})))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
