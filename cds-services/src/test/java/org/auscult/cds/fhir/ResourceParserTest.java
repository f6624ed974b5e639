package org.auscult.cds.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceParserTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void readsWhatIsWhole() throws Exception {
    assertThat(ResourceParser.parse(JSON.readTree("{\"resourceType\":\"Basic\",\"id\":\"1\"}")))
        .isPresent();
  }

  /** What cannot be read whole is no resource, however the library puts it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"resourceType\":\"Observation\",\"\":{\"reference\":\"Patient/1\"}}",
        "{\"resourceType\":\"Observation\",\"_code\":[null,\"x\"]}",
        "{\"resourceType\":\"Observation\",\"subject\":{\"\":1}}",
        "{\"resourceType\":\"Nothing\"}",
        "{}",
        "[]",
        "null",
        "1"
      })
  void readsNothingElse(String json) throws Exception {
    assertThat(ResourceParser.parse(JSON.readTree(json))).isEmpty();
  }
}
