package org.auscult.model.onnx;

import static java.lang.Math.max;
import static java.lang.Math.min;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.auscult.model.Scorer.Scores;
import org.junit.jupiter.api.Test;

/** The graphs against the formulas as one would write them down, on random patients. */
class StarterOracleTest {
  private static final List<String> OUTPUTS = List.of("total_cvd", "ascvd", "heart_failure");
  private static final int PATIENTS = 5000;

  @Test
  void preventEqualsItsFormulaOverTheWholeRange() throws IOException {
    JsonNode coefficients =
        new ObjectMapper()
            .readTree(Path.of("src/main/models/prevent-2023.json").toFile())
            .get("coefficients");
    Random random = new Random(2023);
    double[][] rows = new double[PATIENTS][];
    for (int i = 0; i < PATIENTS; i++) {
      rows[i] = preventPatient(random);
    }
    // The knots themselves.
    rows[0] = new double[] {55, 1, 200, 50, 110, 30, 60, 0, 0, 0, 0};
    rows[1] = new double[] {55, 0, 200, 50, 110, 30, 60, 1, 1, 1, 1};
    try (OnnxScorer prevent = OnnxScorer.load(artifact("prevent-2023"), 11, 3)) {
      Scores scores = prevent.score(rows);
      for (int i = 0; i < PATIENTS; i++) {
        JsonNode bySex = coefficients.get(rows[i][1] == 1 ? "female" : "male");
        for (int j = 0; j < OUTPUTS.size(); j++) {
          double margin = logOdds(rows[i], bySex.get(OUTPUTS.get(j)));
          assertThat(scores.margin(i, j)).isCloseTo(margin, within(1e-12 * max(1, -margin)));
          assertThat(scores.value(i, j))
              .isCloseTo(Math.exp(margin) / (1 + Math.exp(margin)), within(1e-13));
        }
      }
    }
  }

  /** Safety: 12. */
  @Test
  void ckdEpiEqualsItsFormula() throws IOException {
    Random random = new Random(2021);
    try (OnnxScorer ckdEpi = OnnxScorer.load(artifact("ckd-epi-2021"), 3, 1)) {
      for (int i = 0; i < PATIENTS; i++) {
        double creatinine = 0.2 + 9.8 * random.nextDouble();
        double age = 18 + random.nextInt(80);
        boolean female = random.nextBoolean();
        double ratio = creatinine / (female ? 0.7 : 0.9);
        double expected =
            142
                * Math.pow(min(ratio, 1), female ? -0.241 : -0.302)
                * Math.pow(max(ratio, 1), -1.200)
                * Math.pow(0.9938, age)
                * (female ? 1.012 : 1);

        Scores scores = ckdEpi.score(new double[][] {{creatinine, age, female ? 1 : 0}});

        assertThat(scores.value(0, 0)).isCloseTo(expected, within(1e-11 * expected));
        assertThat(scores.margin(0, 0)).isCloseTo(Math.log(expected), within(1e-12));
      }
    }
  }

  @Test
  void kfreEqualsItsFormulaInBothRegions() throws IOException {
    Random random = new Random(2016);
    double[][] survival = {{0.975, 0.924}, {0.9832, 0.9365}};
    String[] regions = {"north-america", "non-north-america"};
    for (int region = 0; region < 2; region++) {
      try (OnnxScorer kfre = OnnxScorer.load(artifact("kfre-4var-" + regions[region]), 4, 2)) {
        for (int i = 0; i < PATIENTS; i++) {
          double age = 18 + random.nextInt(80);
          int female = random.nextInt(2);
          double egfr = 3 + 57 * random.nextDouble();
          double uacr = Math.exp(-2 + 12 * random.nextDouble());
          double hazard =
              -0.2201 * (age / 10 - 7.036)
                  + 0.2467 * (1 - female - 0.5642)
                  - 0.5567 * (egfr / 5 - 7.222)
                  + 0.4510 * (Math.log(uacr) - 5.137);

          Scores scores = kfre.score(new double[][] {{age, female, egfr, uacr}});

          for (int j = 0; j < 2; j++) {
            double risk = 1 - Math.pow(survival[region][j], Math.exp(hazard));
            assertThat(scores.value(0, j)).isCloseTo(risk, within(1e-12));
            assertThat(scores.margin(0, j))
                .isCloseTo(hazard + Math.log(-Math.log(survival[region][j])), within(1e-10));
          }
        }
      }
    }
  }

  private static double[] preventPatient(Random random) {
    return new double[] {
      30 + random.nextInt(50),
      random.nextInt(2),
      130 + 190 * random.nextDouble(),
      20 + 80 * random.nextDouble(),
      90 + 90 * random.nextDouble(),
      18.5 + 21.4 * random.nextDouble(),
      15 + 125 * random.nextDouble(),
      random.nextInt(2),
      random.nextInt(2),
      random.nextInt(2),
      random.nextInt(2)
    };
  }

  private static double logOdds(double[] x, JsonNode beta) {
    double age = (x[0] - 55) / 10;
    double nonHdl = (x[2] - x[3]) * 0.02586 - 3.5;
    double hdl = (x[3] * 0.02586 - 1.3) / 0.3;
    double lowPressure = (min(x[4], 110) - 110) / 20;
    double highPressure = (max(x[4], 110) - 130) / 20;
    double lowBmi = (min(x[5], 30) - 25) / 5;
    double highBmi = (max(x[5], 30) - 30) / 5;
    double lowEgfr = (min(x[6], 60) - 60) / -15;
    double highEgfr = (max(x[6], 60) - 90) / -15;
    double diabetes = x[7];
    double smoking = x[8];
    double treated = x[9];
    double statin = x[10];
    Beta b = new Beta(beta);
    double sum =
        b.of("constant", 1)
            + b.of("age10", age)
            + b.of("nonhdl", nonHdl)
            + b.of("hdl", hdl)
            + b.of("sbp_lt110", lowPressure)
            + b.of("sbp_ge110", highPressure)
            + b.of("dm", diabetes)
            + b.of("smoking", smoking)
            + b.of("bmi_lt30", lowBmi)
            + b.of("bmi_ge30", highBmi)
            + b.of("egfr_lt60", lowEgfr)
            + b.of("egfr_ge60", highEgfr)
            + b.of("bp_tx", treated)
            + b.of("statin", statin)
            + b.of("bp_tx*sbp_ge110", treated * highPressure)
            + b.of("statin*nonhdl", statin * nonHdl)
            + b.of("age10*nonhdl", age * nonHdl)
            + b.of("age10*hdl", age * hdl)
            + b.of("age10*sbp_ge110", age * highPressure)
            + b.of("age10*dm", age * diabetes)
            + b.of("age10*smoking", age * smoking)
            + b.of("age10*bmi_ge30", age * highBmi)
            + b.of("age10*egfr_lt60", age * lowEgfr);
    assertThat(b.used).as("every published term").isEqualTo(beta.size());
    return sum;
  }

  /** Coefficients by term; counts those that were asked for. */
  private static final class Beta {
    private final JsonNode coefficients;
    private int used;

    Beta(JsonNode coefficients) {
      this.coefficients = coefficients;
    }

    double of(String term, double value) {
      used++;
      return Objects.requireNonNull(coefficients.get(term), term).doubleValue() * value;
    }
  }

  private static byte[] artifact(String name) throws IOException {
    try (var in =
        Objects.requireNonNull(
            StarterOracleTest.class.getResourceAsStream(
                "/org/auscult/model/artifacts/" + name + ".onnx"))) {
      return in.readAllBytes();
    }
  }
}
