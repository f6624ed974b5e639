package org.auscult.explanation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.auscult.explanation.Explanation.Contribution;
import org.auscult.explanation.Explanation.OfOutput;
import org.auscult.explanation.ShapleyExplainer.Explained;
import org.auscult.model.ModelInput;
import org.auscult.model.ModelOutput;
import org.auscult.model.OutputKind;
import org.auscult.model.PredictionModel;
import org.auscult.model.Scorer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ShapleyExplainerTest {
  @Test
  void equalsTheAverageOverAllOrdersOnRandomFunctions() {
    Random random = new Random(11);
    for (int round = 0; round < 60; round++) {
      int n = 1 + random.nextInt(6);
      double[] row = numbers(random, n);
      double[] reference = numbers(random, n);
      ToDoubleFunction<double[]> function = withInteractions(random, n);

      OfOutput explained = explain(function, row, boxed(reference));

      double[] expected = overAllOrders(function, row, reference);
      for (int i = 0; i < n; i++) {
        assertThat(explained.contributions().get(i).phi()).isCloseTo(expected[i], within(1e-10));
      }
      assertThat(explained.base()).isEqualTo(function.applyAsDouble(reference));
    }
  }

  @Test
  void isTheClosedFormOnALinearFunction() {
    double[] beta = {0.7, -1.3, 2};
    double[] row = {1, 2, 3};
    double[] reference = {0.5, 2, -1};

    OfOutput explained = explain(x -> 4 + dot(beta, x), row, boxed(reference));

    for (int i = 0; i < beta.length; i++) {
      assertThat(explained.contributions().get(i).phi())
          .isCloseTo(beta[i] * (row[i] - reference[i]), within(1e-12));
    }
    assertThat(explained.contributions().get(1).phi()).isZero();
  }

  @Test
  void holdsContextAtThePatientsOwnValue() {
    // The first input chooses the slope of the second; it has no reference value.
    ToDoubleFunction<double[]> function = x -> x[0] == 1 ? 3 * x[1] : 5 * x[1];

    OfOutput explained = explain(function, new double[] {1, 2}, new Double[] {null, 1.0});

    assertThat(explained.base()).isEqualTo(3);
    assertThat(explained.contributions()).containsExactly(new Contribution("x1", 3));
  }

  @Test
  void attributesTwelveInputsInOneRunAndRefusesMore() {
    Counting scorer = new Counting(x -> dot(x, x));

    Explained explained = ShapleyExplainer.explain(model(boxed(new double[12])), scorer, ones(12));

    assertThat(explained.explanation()).isPresent();
    assertThat(scorer.runs).containsExactly(1 << 12);
    assertThatThrownBy(
            () -> ShapleyExplainer.explain(model(boxed(new double[13])), scorer, ones(13)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("13");
  }

  @Test
  void givesThePatientsOwnRowAndNotACoalitions() {
    Explained explained =
        ShapleyExplainer.explain(
            model(boxed(new double[] {0, 0})),
            new Counting(x -> x[0] + 10 * x[1]),
            new double[] {3, 4});

    assertThat(explained.scores().margin(explained.row(), 0)).isEqualTo(43);
  }

  @Test
  void withholdsWhatDoesNotAddUp() {
    // Coalitions of one member drown the digits of the whole.
    ToDoubleFunction<double[]> drowning = x -> x[0] + x[1] == 1 ? 1e17 * (x[0] + 3) : 0.1;

    Explained explained =
        ShapleyExplainer.explain(
            model(boxed(new double[] {0, 0})), new Counting(drowning), new double[] {1, 1});
    Explained notANumber =
        ShapleyExplainer.explain(
            model(boxed(new double[] {0})), new Counting(x -> Double.NaN), new double[] {1});

    assertThat(explained.explanation()).isEmpty();
    assertThat(notANumber.explanation()).isEmpty();
  }

  @Test
  void saysWhoTheReferencePatientIs() {
    PredictionModel model =
        new PredictionModel(
            "https://example.org/m",
            "1",
            "m",
            "M",
            "https://example.org/s|1",
            OutputKind.PROBABILITY,
            List.of(
                input("sex", "sex", "1", null),
                input("age", "age", "a", 55.0),
                input("sbp", "systolic blood pressure", "mm[Hg]", 130.0),
                input("dm", "diabetes", "1", 0.0),
                input("tx", "treatment", "1", 1.0)),
            List.of(new ModelOutput("y", "y", "1", null, null)),
            List.of(),
            null,
            "");

    assertThat(ReferencePatient.inWords(model))
        .isEqualTo(
            "same sex, age 55 years, systolic blood pressure 130 mmHg, no diabetes, treatment");
  }

  @Test
  void writesNumbersAsPeopleReadThem() {
    assertThat(PlainNumber.of(186)).isEqualTo("186");
    assertThat(PlainNumber.of(25.301)).isEqualTo("25.3");
    assertThat(PlainNumber.of(0.8)).isEqualTo("0.8");
    assertThat(PlainNumber.of(-1234567)).isEqualTo("-1235000");
    assertThat(PlainNumber.of(0)).isEqualTo("0");
  }

  private static OfOutput explain(
      ToDoubleFunction<double[]> function, double[] row, @Nullable Double[] reference) {
    Explanation explanation =
        ShapleyExplainer.explain(model(reference), new Counting(function), row)
            .explanation()
            .orElseThrow();
    OfOutput output = explanation.outputs().get(0);
    double sum =
        output.base() + output.contributions().stream().mapToDouble(Contribution::phi).sum();
    double margin = function.applyAsDouble(row);
    assertThat(sum).isCloseTo(margin, within(1e-9 * Math.max(1, Math.abs(margin))));
    return output;
  }

  /** The definition itself: what each input adds when it joins, averaged over every order. */
  private static double[] overAllOrders(
      ToDoubleFunction<double[]> function, double[] row, double[] reference) {
    List<List<Integer>> orders = new ArrayList<>();
    List<Integer> players = new ArrayList<>();
    for (int i = 0; i < row.length; i++) {
      players.add(i);
    }
    permute(players, 0, orders);
    double[] phi = new double[row.length];
    for (List<Integer> order : orders) {
      double[] x = reference.clone();
      double before = function.applyAsDouble(x);
      for (int player : order) {
        x[player] = row[player];
        double after = function.applyAsDouble(x);
        phi[player] += (after - before) / orders.size();
        before = after;
      }
    }
    return phi;
  }

  private static void permute(List<Integer> players, int from, List<List<Integer>> orders) {
    if (from == players.size()) {
      orders.add(List.copyOf(players));
    }
    for (int i = from; i < players.size(); i++) {
      Collections.swap(players, from, i);
      permute(players, from + 1, orders);
      Collections.swap(players, from, i);
    }
  }

  private static ToDoubleFunction<double[]> withInteractions(Random random, int n) {
    double[] linear = numbers(random, n);
    double[][] pairs = new double[n][];
    for (int i = 0; i < n; i++) {
      pairs[i] = numbers(random, n);
    }
    return x -> {
      double sum = dot(linear, x);
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          sum += pairs[i][j] * x[i] * Math.max(0, x[j]);
        }
      }
      return sum;
    };
  }

  private static PredictionModel model(@Nullable Double[] reference) {
    List<ModelInput> inputs = new ArrayList<>();
    for (int i = 0; i < reference.length; i++) {
      inputs.add(input("x" + i, "input " + i, "a", reference[i]));
    }
    return new PredictionModel(
        "https://example.org/m",
        "1",
        "m",
        "M",
        "https://example.org/s|1",
        OutputKind.VALUE,
        inputs,
        List.of(new ModelOutput("y", "y", "1", null, null)),
        List.of(),
        null,
        "");
  }

  private static ModelInput input(
      String name, String title, String unit, @Nullable Double reference) {
    return new ModelInput(name, title, unit, name, null, null, reference);
  }

  private static double[] numbers(Random random, int n) {
    return random.doubles(n, -2, 2).toArray();
  }

  private static double[] ones(int n) {
    double[] ones = new double[n];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static Double[] boxed(double[] numbers) {
    return Arrays.stream(numbers).boxed().toArray(Double[]::new);
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** Scores with a function, and notes how many rows each run had. */
  private static final class Counting implements Scorer {
    private final ToDoubleFunction<double[]> function;
    private final List<Integer> runs = new ArrayList<>();

    Counting(ToDoubleFunction<double[]> function) {
      this.function = Objects.requireNonNull(function);
    }

    @Override
    public Scores score(double[][] rows) {
      runs.add(rows.length);
      double[][] margins = new double[rows.length][];
      for (int i = 0; i < rows.length; i++) {
        margins[i] = new double[] {function.applyAsDouble(rows[i])};
      }
      return new Scores(margins, margins);
    }

    @Override
    public void close() {}
  }
}
