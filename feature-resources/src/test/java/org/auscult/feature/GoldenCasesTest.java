package org.auscult.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.auscult.feature.FeatureValue.Missing;
import org.auscult.feature.FeatureValue.Present;
import org.auscult.feature.GoldenCases.Case;
import org.auscult.unit.CodeUnits;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Safety: 4, 5, 6, 7, 8. */
class GoldenCasesTest {
  private static final GoldenCases GOLDEN = new GoldenCases();

  static List<Case> cases() {
    return GOLDEN.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void givesTheVector(Case golden) {
    FeatureVector vector =
        new FeatureEvaluator(CodeUnits.standard(), golden.zone())
            .evaluate(GOLDEN.set(golden), GOLDEN.timeline(golden).asOf(golden.asOf()));
    golden
        .expected()
        .forEach((name, expected) -> check(vector.value(name).orElseThrow(), name, expected));
  }

  private static void check(FeatureValue value, String name, JsonNode expected) {
    if (expected.isTextual()) {
      assertThat(value).as(name).isInstanceOf(Missing.class);
      assertThat(((Missing) value).reason().code()).as(name).isEqualTo(expected.asText());
      return;
    }
    assertThat(value).as(name).isInstanceOf(Present.class);
    Present present = (Present) value;
    double number = expected.isArray() ? expected.get(0).asDouble() : expected.asDouble();
    assertThat(present.value()).as(name).isCloseTo(number, within(1e-12));
    if (expected.isArray()) {
      assertThat(present.unit()).as(name).isEqualTo(expected.get(1).asText());
      String third = expected.path(2).asText();
      if (third.equals("default")) {
        assertThat(present.origin()).isEqualTo(FeatureValue.Origin.DEFAULT);
        assertThat(present.evidence()).isEmpty();
      } else if (!third.isEmpty()) {
        assertThat(present.evidence()).containsExactly(third);
      }
    }
  }
}
