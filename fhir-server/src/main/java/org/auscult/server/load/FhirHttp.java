package org.auscult.server.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The little of a FHIR client that a load needs; waits for a server that is busy or starting. */
final class FhirHttp {
  static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_TRIES = 7;

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();
  private final String base;
  private final @Nullable String token;

  FhirHttp(String base, @Nullable String token) {
    this.base = base.replaceAll("/+$", "");
    this.token = token;
  }

  record Answer(int status, JsonNode body) {
    boolean isSuccess() {
      return status >= 200 && status < 300;
    }

    /** What the server says is wrong. */
    String reason() {
      StringBuilder reason = new StringBuilder("HTTP " + status);
      for (JsonNode issue : body.path("issue")) {
        reason.append(": ").append(issue.path("diagnostics").asText(issue.path("code").asText()));
      }
      return reason.toString();
    }
  }

  /**
   * Posts a bundle to the base.
   *
   * @throws Unavailable if the server cannot be reached, however often it is tried
   */
  Answer post(JsonNode bundle) {
    try {
      byte[] body = JSON.writeValueAsBytes(bundle);
      return send(
          request(base)
              .header("Content-Type", "application/fhir+json")
              .POST(HttpRequest.BodyPublishers.ofByteArray(body))
              .build());
    } catch (IOException e) {
      throw new IllegalStateException("A bundle cannot be written", e);
    }
  }

  /** The one resource that a condition such as {@code Practitioner?identifier=s|v} names. */
  Optional<String> resolve(String condition) {
    int question = condition.indexOf('?');
    StringBuilder query = new StringBuilder();
    for (String part : condition.substring(question + 1).split("&")) {
      int equals = part.indexOf('=');
      query
          .append(part, 0, equals + 1)
          .append(URLEncoder.encode(part.substring(equals + 1), StandardCharsets.UTF_8))
          .append('&');
    }
    Answer answer =
        send(
            request(base + "/" + condition.substring(0, question + 1) + query + "_count=2")
                .GET()
                .build());
    JsonNode entries = answer.body().path("entry");
    return answer.isSuccess() && entries.size() == 1
        ? Optional.of(
            condition.substring(0, question)
                + "/"
                + entries.get(0).path("resource").path("id").asText())
        : Optional.empty();
  }

  private HttpRequest.Builder request(String url) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(Duration.ofMinutes(30))
            .header("Accept", "application/fhir+json");
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return request;
  }

  private Answer send(HttpRequest request) {
    long wait = 250;
    String last = "";
    for (int attempt = 1; attempt <= MOST_TRIES; attempt++) {
      try {
        HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        int status = response.statusCode();
        if (status != 503 && status != 429 && status != 502 && status != 504) {
          return new Answer(status, parse(response.body()));
        }
        last = "HTTP " + status;
      } catch (IOException e) {
        last = e.getClass().getSimpleName();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new Unavailable(base + " was not waited for");
      }
      pause(wait);
      wait *= 2;
    }
    throw new Unavailable(base + " does not answer (" + last + ")");
  }

  private static JsonNode parse(byte[] body) throws IOException {
    try {
      return body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      return JSON.createObjectNode();
    }
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The server cannot be reached. */
  static final class Unavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unavailable(String message) {
      super(message);
    }
  }
}
