package org.auscult.feature.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import org.auscult.feature.Arguments;
import org.auscult.feature.FeatureDefinition;
import org.auscult.feature.FeatureValue;
import org.auscult.feature.FeatureValue.Missing;
import org.auscult.feature.FeatureValue.Origin;
import org.auscult.feature.FeatureValue.Present;
import org.auscult.feature.FeatureVector;
import org.auscult.feature.FeatureVector.Entry;
import org.auscult.feature.MissingPolicy;
import org.auscult.feature.MissingReason;
import org.auscult.feature.Operator;
import org.auscult.feature.ResolvedFeature;
import org.auscult.feature.ResolvedFeatureSet;
import org.auscult.feature.Selection;
import org.auscult.feature.Window;
import org.auscult.timeline.AsOf;
import org.auscult.timeline.Code;
import org.auscult.timeline.ResourceKind;
import org.junit.jupiter.api.Test;

class VectorParametersTest {
  private static final Instant AT = Instant.parse("2024-06-01T12:00:00Z");

  private static ResolvedFeature feature(String name, Operator operator) {
    return ResolvedFeature.of(
        new FeatureDefinition(
            "https://example.org/" + name,
            "1",
            name,
            "a title",
            operator,
            Selection.of(ResourceKind.OBSERVATION, List.of(Code.loinc("1"))),
            Window.WHOLE_RECORD,
            "1",
            null,
            new MissingPolicy.Report(),
            null,
            Arguments.NONE));
  }

  private static JsonNode rendered(AsOf asOf, String name, Operator operator, FeatureValue value) {
    ResolvedFeatureSet set =
        new ResolvedFeatureSet(
            "https://example.org/set", "1", "set", List.of(feature(name, operator)));
    FeatureVector vector =
        new FeatureVector(
            set.canonical(),
            "p",
            asOf,
            3_000_000_000L,
            List.of(new Entry(name, "https://example.org/" + name + "|1", "a title", value)));
    String json =
        FhirContext.forR4Cached()
            .newJsonParser()
            .setStripVersionsFromReferences(false)
            .encodeResourceToString(VectorParameters.render(vector, set));
    try {
      return new ObjectMapper().readTree(json).get("parameter");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode named(JsonNode parameters, String name) {
    for (JsonNode parameter : parameters) {
      if (parameter.get("name").asText().equals(name)) {
        return parameter;
      }
    }
    return MissingNode.getInstance();
  }

  private static FeatureValue number(double value) {
    return new Present(
        value, "mg/dL", "words", List.of("Observation/1/_history/2"), AT, AT, Origin.RECORD);
  }

  @Test
  void saysWhatWasAskedAndWhatItWasReadFrom() {
    JsonNode top = rendered(AsOf.instant(AT), "x", Operator.LATEST, number(1));
    assertThat(named(top, "featureSet").get("valueCanonical").asText())
        .isEqualTo("https://example.org/set|1");
    assertThat(named(top, "patient").at("/valueReference/reference").asText())
        .isEqualTo("Patient/p");
    assertThat(named(top, "at").get("valueInstant").asText()).startsWith("2024-06-01T12:00:00");
    assertThat(named(top, "knownAt").get("valueInstant").asText()).endsWith("Z");
    assertThat(named(top, "epoch").get("valueDecimal").asLong()).isEqualTo(3_000_000_000L);
  }

  @Test
  void saysNoKnownTimeWhereTheQuestionWasNotByClock() {
    JsonNode top = rendered(AsOf.epoch(AT, 7), "x", Operator.LATEST, number(1));
    assertThat(named(top, "knownAt").isMissingNode()).isTrue();
  }

  @Test
  void givesANumberWithItsUnitAndEvidence() {
    JsonNode parts =
        named(rendered(AsOf.instant(AT), "x", Operator.LATEST, number(1.10)), "feature")
            .get("part");
    assertThat(named(parts, "name").get("valueString").asText()).isEqualTo("x");
    assertThat(named(parts, "definition").get("valueCanonical").asText())
        .isEqualTo("https://example.org/x|1");
    JsonNode quantity = named(parts, "value").get("valueQuantity");
    assertThat(quantity.get("value").decimalValue()).isEqualByComparingTo("1.1");
    assertThat(quantity.get("code").asText()).isEqualTo("mg/dL");
    assertThat(quantity.get("system").asText()).isEqualTo("http://unitsofmeasure.org");
    assertThat(named(parts, "evidence").at("/valueReference/reference").asText())
        .isEqualTo("Observation/1/_history/2");
    assertThat(named(parts, "origin").get("valueCode").asText()).isEqualTo("record");
    assertThat(named(parts, "effective").get("valueInstant").asText()).startsWith("2024-06-01");
    assertThat(named(parts, "known").get("valueInstant").asText()).startsWith("2024-06-01");
    assertThat(named(parts, "missing").isMissingNode()).isTrue();
  }

  @Test
  void neverWritesAnExponent() {
    JsonNode parts =
        named(rendered(AsOf.instant(AT), "x", Operator.LATEST, number(1_000_000_000)), "feature")
            .get("part");
    assertThat(named(parts, "value").at("/valueQuantity/value").toString()).isEqualTo("1000000000");
  }

  @Test
  void givesATruthAsBoolean() {
    Present yes = new Present(1, "1", null, List.of(), null, null, Origin.RECORD);
    JsonNode parts =
        named(rendered(AsOf.instant(AT), "x", Operator.EXISTS, yes), "feature").get("part");
    assertThat(named(parts, "value").get("valueBoolean").asBoolean()).isTrue();
    assertThat(named(parts, "effective").isMissingNode()).isTrue();
    JsonNode count =
        named(rendered(AsOf.instant(AT), "x", Operator.COUNT, yes), "feature").get("part");
    assertThat(named(count, "value").has("valueQuantity")).isTrue();
  }

  @Test
  void givesTheReasonWhyAValueIsMissing() {
    Missing missing = new Missing(MissingReason.OUTSIDE_WINDOW, "last recorded in 2001");
    JsonNode parts =
        named(rendered(AsOf.instant(AT), "x", Operator.LATEST, missing), "feature").get("part");
    assertThat(named(parts, "missing").at("/valueCoding/code").asText())
        .isEqualTo("outside-window");
    assertThat(named(parts, "missing").at("/valueCoding/system").asText())
        .isEqualTo(FeatureUrls.MISSING_REASON_SYSTEM);
    assertThat(named(parts, "detail").get("valueString").asText())
        .isEqualTo("last recorded in 2001");
    assertThat(named(parts, "value").isMissingNode()).isTrue();
  }
}
