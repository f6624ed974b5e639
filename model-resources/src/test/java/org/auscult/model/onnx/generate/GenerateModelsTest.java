package org.auscult.model.onnx.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerateModelsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path MODELS = Path.of("src/main/models");

  @Test
  void givesTheSameBytesInEveryBuild(@TempDir Path first, @TempDir Path second) throws IOException {
    generate(first);
    generate(second);

    for (String name :
        List.of(
            "prevent-2023.onnx",
            "ckd-epi-2021.onnx",
            "news2.onnx",
            "kfre-4var-north-america.onnx",
            "kfre-4var-non-north-america.onnx")) {
      assertThat(first.resolve(name)).hasSameBinaryContentAs(second.resolve(name));
      try (var built =
          Objects.requireNonNull(
              getClass().getResourceAsStream("/org/auscult/model/artifacts/" + name))) {
        assertThat(first.resolve(name)).hasBinaryContent(built.readAllBytes());
      }
    }
  }

  @Test
  void committedCoefficientsAreThePublishedOnes() throws IOException {
    JsonNode prevent = shared("aha-prevent-2023-base-10yr.json").get("coefficients");
    JsonNode ours = JSON.readTree(MODELS.resolve("prevent-2023.json").toFile()).get("coefficients");
    for (String sex : List.of("female", "male")) {
      for (String output : List.of("total_cvd", "ascvd", "heart_failure")) {
        assertThat(published(prevent.get(sex).get(output)))
            .as(sex + " " + output)
            .isEqualTo(published(ours.get(sex).get(output)));
      }
    }
    JsonNode ckdEpi = shared("ckd-epi-2021-creatinine.json").get("coefficients");
    JsonNode ourCkdEpi = JSON.readTree(MODELS.resolve("ckd-epi-2021.json").toFile());
    for (String sex : List.of("female", "male")) {
      assertThat(published(ckdEpi.get(sex)))
          .isEqualTo(published(ourCkdEpi.get("coefficients").get(sex)));
    }
    JsonNode news2 = JSON.readTree(MODELS.resolve("news2.json").toFile());
    assertThat(news2.get("table")).isEqualTo(shared("news2.json").get("table"));
    assertThat(news2.get("rule")).isEqualTo(shared("news2.json").get("rule"));
    JsonNode kfre = shared("kfre-4var.json");
    JsonNode ourKfre = JSON.readTree(MODELS.resolve("kfre-4var.json").toFile());
    assertThat(kfre.get("formula")).isEqualTo(ourKfre.get("formula"));
    assertThat(kfre.get("s0")).isEqualTo(ourKfre.get("s0"));
  }

  @Test
  void refusesATermThatItDoesNotKnow() throws IOException {
    ObjectNode coefficients =
        (ObjectNode)
            JSON.readTree(MODELS.resolve("prevent-2023.json").toFile()).get("coefficients");
    ((ObjectNode) coefficients.get("female").get("total_cvd")).put("age10*shoe_size", 0.1);

    assertThatThrownBy(() -> GenerateModels.prevent(coefficients))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("shoe_size");
  }

  /** Terms and values alone: 0 and 0.0 are the same number. */
  private static Map<String, Double> published(JsonNode coefficients) {
    Map<String, Double> values = new TreeMap<>();
    coefficients.fields().forEachRemaining(e -> values.put(e.getKey(), e.getValue().doubleValue()));
    return values;
  }

  private static void generate(Path to) throws IOException {
    GenerateModels.main(new String[] {MODELS.toString(), to.toString()});
  }

  private static JsonNode shared(String file) throws IOException {
    String place = System.getenv("AUSCULT_DATA");
    Path path =
        Path.of(place == null ? "../../shared" : place).resolve("reference-models").resolve(file);
    if (!Files.exists(path)) {
      System.err.println("!!! SKIPPED: " + file + " is not here; set AUSCULT_DATA");
    }
    assumeTrue(Files.exists(path));
    return JSON.readTree(path.toFile());
  }
}
