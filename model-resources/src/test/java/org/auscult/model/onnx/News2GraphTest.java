package org.auscult.model.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.auscult.explanation.ShapleyExplainer;
import org.auscult.model.PredictionModel;
import org.auscult.model.Scorer.Scores;
import org.auscult.model.fhir.ModelUrls;
import org.auscult.model.fhir.PredictionModels;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Library;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * NEWS2 against the College's table, read as a person reads it: exact decimals, then bands.
 *
 * <p>Safety: 6, 11.
 */
class News2GraphTest {
  private static OnnxScorer scorer;
  private static PredictionModel model;
  private static Library library;
  private static JsonNode table;

  @BeforeAll
  static void load() throws IOException {
    try (var in =
        Objects.requireNonNull(
            News2GraphTest.class.getResourceAsStream("/org/auscult/model/artifacts/news2.onnx"))) {
      scorer = OnnxScorer.load(in.readAllBytes(), 8, 8);
    }
    Path guide = Path.of("../ig/src/main/resources/org/auscult/ig/Library-news2.json");
    library =
        FhirContext.forR4Cached()
            .newJsonParser()
            .parseResource(Library.class, Files.readString(guide));
    model = PredictionModels.read(library).orThrow();
    table =
        new ObjectMapper().readTree(Path.of("src/main/models/news2.json").toFile()).get("table");
  }

  @AfterAll
  static void close() {
    scorer.close();
  }

  @Test
  void equalsTheTableOnRandomPatientsAndAtEveryHalfStep() {
    Random random = new Random(2017);
    for (int i = 0; i < 20_000; i++) {
      // In twentieths, so that the halves between two bands come up often.
      double[] row = {
        random.nextInt(80) / 2.0,
        140 / 2.0 + random.nextInt(61) / 2.0,
        random.nextInt(2),
        random.nextInt(2),
        40 + random.nextInt(420) / 2.0,
        20 + random.nextInt(280) / 2.0,
        random.nextInt(2),
        BigDecimal.valueOf(3300 + 5L * random.nextInt(180), 2).doubleValue()
      };
      int[] expected = {
        points("rr", row[0], "1"),
        points(saturationTable(row), row[1], "1"),
        row[2] == 1 ? 2 : 0,
        points("sbp", row[4], "1"),
        points("hr", row[5], "1"),
        row[6] == 1 ? 3 : 0,
        points("temp", row[7], "0.1")
      };

      Scores scores = scorer.score(new double[][] {row});

      int total = 0;
      for (int part = 0; part < expected.length; part++) {
        total += expected[part];
        assertThat(scores.value(0, part + 1))
            .as("part %d of %s", part, row)
            .isEqualTo(expected[part]);
      }
      assertThat(scores.value(0, 0)).isEqualTo(total);
      assertThat(scores.margin(0, 0)).isEqualTo(total);
    }
  }

  private static String saturationTable(double[] row) {
    if (row[3] == 0) {
      return "spo2_scale1";
    }
    return row[2] == 1 ? "spo2_scale2_oxygen" : "spo2_scale2_air";
  }

  private static int points(String name, double value, String step) {
    BigDecimal unit = new BigDecimal(step);
    BigDecimal rounded =
        BigDecimal.valueOf(value).divide(unit).setScale(0, RoundingMode.HALF_UP).multiply(unit);
    for (JsonNode band : table.get(name)) {
      boolean fromLow = band.get(0).isNull() || rounded.compareTo(band.get(0).decimalValue()) >= 0;
      boolean toHigh = band.get(1).isNull() || rounded.compareTo(band.get(1).decimalValue()) <= 0;
      if (fromLow && toHigh) {
        return band.get(2).intValue();
      }
    }
    throw new AssertionError(name + " has no band for " + rounded);
  }

  /** What the resource says of rounding is what the graph does. */
  @Test
  void statesTheRoundingThatItDoes() {
    Map<String, BigDecimal> stated = new HashMap<>();
    for (Extension input : library.getExtensionsByUrl(ModelUrls.INPUT)) {
      Extension rounding = input.getExtensionByUrl("rounding");
      if (rounding != null) {
        stated.put(
            input.getExtensionString("name"), ((DecimalType) rounding.getValue()).getValue());
      }
    }
    assertThat(stated)
        .containsOnlyKeys("rr", "spo2", "sbp", "pulse", "temperature")
        .containsEntry("temperature", new BigDecimal("0.1"));
    assertThat(stated.values().stream().filter(s -> s.compareTo(BigDecimal.ONE) == 0)).hasSize(4);
    assertThat(model.inputs().stream().map(i -> i.name()).toList())
        .containsExactly(
            "rr",
            "spo2",
            "supplemental_o2",
            "spo2_scale_2",
            "sbp",
            "pulse",
            "consciousness",
            "temperature");
  }

  /** 37.5 °C scores nothing, whatever a published example says; 100.5 °F is 38.1 °C. */
  @ParameterizedTest
  @CsvSource({
    "37.5, 0",
    "38.0, 0",
    "38.04, 0",
    "38.05, 1",
    "38.05555555555556, 1",
    "39.0, 1",
    "39.1, 2",
    "36.05, 0",
    "36.04, 1",
    "35.0, 3",
    "35.04, 3",
    "35.05, 1"
  })
  void bandsTemperatureToATenthHalvesUp(double celsius, int expected) {
    double[] row = {16, 97, 0, 0, 120, 70, 0, celsius};

    assertThat(scorer.score(new double[][] {row}).value(0, 7)).isEqualTo(expected);
  }

  @Test
  void theBadPublishedExampleIsFiveAndNotSix() {
    Scores scores = scorer.score(new double[][] {{21, 93, 0, 0, 120, 95, 0, 37.5}});

    assertThat(scores.value(0, 0)).isEqualTo(5);
    assertThat(band(scores)).isEqualTo("medium");
  }

  @ParameterizedTest
  @CsvSource({
    "16, 97, 120, 70, low",
    "8, 97, 120, 70, low-medium",
    "11, 94, 101, 50, low",
    "8, 95, 120, 70, low-medium",
    "8, 92, 120, 70, medium",
    "21, 93, 101, 70, medium",
    "25, 93, 101, 91, high",
  })
  void bandsTheTotalAndASingleThree(
      double rate, double saturation, double systolic, double pulse, String expected) {
    Scores scores = scorer.score(new double[][] {{rate, saturation, 0, 0, systolic, pulse, 0, 37}});

    assertThat(band(scores)).isEqualTo(expected);
  }

  @Test
  void theReferencePatientHasNoPointsOnEitherScale() {
    double[][] rows = {{16, 97, 0, 0, 120, 70, 0, 37}, {16, 97, 0, 1, 120, 70, 0, 37}};
    for (int i = 0; i < 8; i++) {
      assertThat(scorer.score(rows).value(0, i)).isZero();
      assertThat(scorer.score(rows).value(1, i)).isZero();
    }
  }

  @Test
  void explanationsAddUpExactly() {
    double[] row = {25, 98, 1, 1, 85, 115, 1, 39.4};

    var explanation = ShapleyExplainer.explain(model, scorer, row).explanation().orElseThrow();

    var total = explanation.output("news2").orElseThrow();
    double sum = total.contributions().stream().mapToDouble(c -> c.phi()).sum();
    assertThat(total.base()).isZero();
    assertThat(total.contributions()).hasSize(7);
    assertThat(Math.rint(sum)).isEqualTo(scorer.score(new double[][] {row}).value(0, 0));
  }

  private static String band(Scores scores) {
    Map<String, Double> values = new HashMap<>();
    for (int i = 0; i < model.outputs().size(); i++) {
      values.put(model.outputs().get(i).name(), scores.value(0, i));
    }
    return model.band("news2", values).orElseThrow().code();
  }
}
