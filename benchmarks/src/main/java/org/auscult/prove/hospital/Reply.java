package org.auscult.prove.hospital;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.auscult.prove.FhirCalls;

/**
 * What came back.
 *
 * @param headers by name in small letters
 * @param took from the first byte sent to the last one read
 */
public record Reply(int status, Map<String, List<String>> headers, byte[] body, Duration took) {
  /** The first value of a header; empty if there is none. */
  public String header(String name) {
    List<String> values = headers.get(name.toLowerCase(Locale.ROOT));
    return values == null ? "" : values.get(0);
  }

  /** The body as text. */
  public String text() {
    return new String(body, UTF_8);
  }

  /** The body; missing if it is no JSON. */
  public JsonNode json() {
    try {
      JsonNode json = body.length == 0 ? null : FhirCalls.JSON.readTree(body);
      return json == null ? MissingNode.getInstance() : json;
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }

  /** OAuth's code; empty if there is none. */
  public String error() {
    return json().path("error").asText();
  }
}
