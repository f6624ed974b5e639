package org.auscult.prove.leakage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.auscult.prove.FhirCalls;
import org.junit.jupiter.api.Test;

/** A leak is found: in a value, a reason, evidence, or a feature that comes or goes. */
class VectorTest {
  private final Vector before = vector("{\"value\": 80}", "Observation/a/_history/1");

  @Test
  void theSameIsTheSame() {
    Vector again = vector("{\"value\": 80}", "Observation/a/_history/1");

    assertThat(before.epoch()).isEqualTo(7);
    assertThat(before.differing(again)).isEmpty();
  }

  @Test
  void anotherValueIsFound() {
    Vector leaking = vector("{\"value\": 240}", "Observation/a/_history/1");

    assertThat(before.differing(leaking)).containsExactly("weight");
    assertThat(before.differingInValue(leaking)).containsExactly("weight");
  }

  @Test
  void otherEvidenceIsFoundAndIsNoOtherValue() {
    Vector leaking = vector("{\"value\": 80}", "Observation/a/_history/2");

    assertThat(before.differing(leaking)).containsExactly("weight");
    assertThat(before.differingInValue(leaking)).isEmpty();
  }

  @Test
  void aFeatureThatGoesIsFound() {
    Vector none = read("{\"parameter\": []}");

    assertThat(before.differing(none)).containsExactly("weight");
    assertThat(before.differingInValue(none)).containsExactly("weight");
  }

  private static Vector vector(String quantity, String evidence) {
    return read(
        """
        {"parameter": [
          {"name": "epoch", "valueDecimal": 7},
          {"name": "feature", "part": [
            {"name": "name", "valueString": "weight"},
            {"name": "value", "valueQuantity": %s},
            {"name": "evidence", "valueReference": {"reference": "%s"}}]}]}
        """
            .formatted(quantity, evidence));
  }

  private static Vector read(String json) {
    try {
      return Vector.of(FhirCalls.JSON.readTree(json));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
