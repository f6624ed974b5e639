package org.auscult.model.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.auscult.model.Scorer;
import org.auscult.model.Scorer.Scores;
import org.junit.jupiter.api.Test;

class StarterGraphsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void preventGivesThePublishedWorkedExample() throws IOException {
    try (OnnxScorer prevent = OnnxScorer.load(artifact("prevent-2023"), 11, 3)) {
      // Khan 2023, supplement, table S12: 50 years, 160 mmHg treated, diabetes, BMI 35.
      Scores female = prevent.score(new double[][] {{50, 1, 200, 45, 160, 35, 90, 1, 0, 1, 0}});
      Scores male = prevent.score(new double[][] {{50, 0, 200, 45, 160, 35, 90, 1, 0, 1, 0}});

      assertThat(female.value(0, 0)).isCloseTo(0.1468, within(5e-5));
      assertThat(female.value(0, 1)).isCloseTo(0.092, within(5e-4));
      assertThat(female.value(0, 2)).isCloseTo(0.0806, within(5e-5));
      assertThat(male.value(0, 0)).isCloseTo(0.1632, within(5e-5));
      assertThat(male.value(0, 2)).isCloseTo(0.1059, within(5e-5));
    }
  }

  @Test
  void ckdEpiGivesValuesOfAnIndependentImplementation() throws IOException {
    try (OnnxScorer ckdEpi = OnnxScorer.load(artifact("ckd-epi-2021"), 3, 1)) {
      Scores scores = ckdEpi.score(new double[][] {{1.4, 60, 0}, {0.5, 25, 1}});

      assertThat(scores.value(0, 0)).isCloseTo(57.54, within(5e-3));
      assertThat(scores.value(1, 0)).isCloseTo(133.4, within(5e-3));
    }
  }

  @Test
  void preventGivesEveryReferenceVector() throws IOException {
    JsonNode vectors = referenceVectors("aha-prevent-2023-base-10yr.json");
    try (OnnxScorer prevent = OnnxScorer.load(artifact("prevent-2023"), 11, 3)) {
      for (JsonNode vector : vectors) {
        Scores scores = prevent.score(new double[][] {preventRow(vector.get("input"))});
        List<String> outputs = List.of("total_cvd", "ascvd", "heart_failure");
        for (int i = 0; i < outputs.size(); i++) {
          JsonNode expected = vector.get("expected").get(outputs.get(i));
          if (expected != null) {
            assertThat(scores.value(0, i))
                .as(vector.get("id").asText() + " " + outputs.get(i))
                .isCloseTo(expected.doubleValue(), within(tolerance(vector)));
          }
        }
      }
    }
  }

  @Test
  void ckdEpiGivesEveryReferenceVector() throws IOException {
    JsonNode vectors = referenceVectors("ckd-epi-2021-creatinine.json");
    try (OnnxScorer ckdEpi = OnnxScorer.load(artifact("ckd-epi-2021"), 3, 1)) {
      for (JsonNode vector : vectors) {
        JsonNode input = vector.get("input");
        double[] row = {
          input.get("creatinine").doubleValue(), input.get("age").doubleValue(), sex(input)
        };
        assertThat(ckdEpi.score(new double[][] {row}).value(0, 0))
            .as(vector.get("id").asText())
            .isCloseTo(vector.get("expected").get("egfr").doubleValue(), within(tolerance(vector)));
      }
    }
  }

  @Test
  void kfreGivesEveryReferenceVectorOfBothRegionsAndHorizons() throws IOException {
    JsonNode vectors = referenceVectors("kfre-4var.json");
    assertThat(vectors).isNotEmpty();
    for (JsonNode vector : vectors) {
      JsonNode in = vector.get("input");
      String region = in.get("north_american").booleanValue() ? "north" : "non-north";
      double[] row = {
        in.get("age").doubleValue(),
        in.get("male").booleanValue() ? 0 : 1,
        in.get("egfr").doubleValue(),
        in.get("uacr").doubleValue()
      };
      try (OnnxScorer kfre = OnnxScorer.load(artifact("kfre-4var-" + region + "-america"), 4, 2)) {
        int output = in.get("years").intValue() == 2 ? 0 : 1;
        assertThat(kfre.score(new double[][] {row}).value(0, output))
            .as(vector.get("id").asText())
            .isCloseTo(vector.get("expected").get("risk").doubleValue(), within(tolerance(vector)));
      }
    }
  }

  @Test
  void namesEverythingThatDoesNotFit() throws IOException {
    byte[] ckdEpi = artifact("ckd-epi-2021");

    assertThatThrownBy(() -> OnnxScorer.load(ckdEpi, 11, 3))
        .hasMessageContaining("'features' must be of shape (n, 11)")
        .hasMessageContaining("'margin' must be of shape (n, 3)")
        .hasMessageContaining("'value' must be of shape (n, 3)");
    assertThatThrownBy(() -> OnnxScorer.load(new byte[] {1, 2, 3}, 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesToScoreOnceClosedAndClosesTwice() throws IOException {
    OnnxScorer ckdEpi = OnnxScorer.load(artifact("ckd-epi-2021"), 3, 1);
    ckdEpi.close();
    ckdEpi.close();

    assertThatThrownBy(() -> ckdEpi.score(new double[][] {{1, 60, 0}}))
        .isInstanceOf(Scorer.ScoringException.class);
  }

  @Test
  void closesWhileOthersScore() throws Exception {
    for (int round = 0; round < 20; round++) {
      OnnxScorer prevent = OnnxScorer.load(artifact("prevent-2023"), 11, 3);
      double[][] rows = new double[256][11];
      List<Thread> threads = new ArrayList<>();
      List<Throwable> unexpected = Collections.synchronizedList(new ArrayList<>());
      for (int i = 0; i < 4; i++) {
        threads.add(new Thread(() -> scoreUntilClosed(prevent, rows, unexpected)));
      }
      threads.forEach(Thread::start);
      Thread.sleep(5);
      prevent.close();
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(unexpected).isEmpty();
    }
  }

  private static void scoreUntilClosed(
      OnnxScorer scorer, double[][] rows, List<Throwable> unexpected) {
    try {
      while (true) {
        scorer.score(rows);
      }
    } catch (Scorer.ScoringException closed) {
      if (!String.valueOf(closed.getMessage()).contains("closed")) {
        unexpected.add(closed);
      }
    } catch (RuntimeException e) {
      unexpected.add(e);
    }
  }

  private static double tolerance(JsonNode vector) {
    return 0.5 * Math.pow(10, -vector.get("decimals").intValue()) + 1e-12;
  }

  private static double[] preventRow(JsonNode in) {
    return new double[] {
      in.get("age").doubleValue(),
      sex(in),
      in.get("total_c").doubleValue(),
      in.get("hdl_c").doubleValue(),
      in.get("sbp").doubleValue(),
      in.get("bmi").doubleValue(),
      in.get("egfr").doubleValue(),
      truth(in, "dm"),
      truth(in, "smoking"),
      truth(in, "bp_tx"),
      truth(in, "statin")
    };
  }

  private static double truth(JsonNode input, String name) {
    return input.get(name).booleanValue() ? 1 : 0;
  }

  private static double sex(JsonNode input) {
    return input.get("sex").textValue().equals("female") ? 1 : 0;
  }

  private static JsonNode referenceVectors(String file) throws IOException {
    String place = System.getenv("AUSCULT_DATA");
    Path folder = Path.of(place == null ? "../../shared" : place).resolve("reference-models");
    if (!Files.exists(folder.resolve(file))) {
      System.err.println("!!! SKIPPED: " + file + " is not here; set AUSCULT_DATA");
    }
    assumeTrue(Files.exists(folder.resolve(file)));
    return JSON.readTree(folder.resolve(file).toFile()).get("test_vectors");
  }

  private static byte[] artifact(String name) throws IOException {
    try (var in =
        Objects.requireNonNull(
            StarterGraphsTest.class.getResourceAsStream(
                "/org/auscult/model/artifacts/" + name + ".onnx"))) {
      return in.readAllBytes();
    }
  }
}
