package org.auscult.prove;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/** Plain HTTP with JSON, and with tokens: what any client could do. */
public final class FhirCalls {
  /** Decimals stay as they are written, however large or exact. */
  public static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
          .build();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String root;
  private final Credentials credentials;

  /** Calls of nobody. */
  public FhirCalls(String root) {
    this(root, Credentials.NONE);
  }

  /**
   * @param credentials sent with each call that brings none of its own
   */
  public FhirCalls(String root, Credentials credentials) {
    this.root = root;
    this.credentials = credentials;
  }

  /** The token that a call of a URL brings; null if none. */
  public @Nullable String bearer(URI url) throws IOException, InterruptedException {
    return credentials.bearer(url);
  }

  /** The server's address, without a path. */
  public String root() {
    return root;
  }

  /** What came back; the body is an empty object if there was none. */
  public record Answer(int status, JsonNode body) {}

  public Answer get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(URI.create(root + path)).GET());
  }

  public Answer post(String path, JsonNode body) throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(URI.create(root + path))
            .header(
                "Content-Type",
                path.startsWith("/fhir") ? "application/fhir+json" : "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body))));
  }

  public Answer put(String path, JsonNode body) throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(URI.create(root + path))
            .header("Content-Type", "application/fhir+json")
            .PUT(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body))));
  }

  /** Applies a JSON Patch. */
  public Answer patch(String path, JsonNode operations) throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(URI.create(root + path))
            .header("Content-Type", "application/json-patch+json")
            .method(
                "PATCH",
                HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(operations))));
  }

  public Answer delete(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(URI.create(root + path)).DELETE());
  }

  /** Creates a resource and returns its id. */
  public String create(JsonNode resource) throws IOException, InterruptedException {
    Answer answer = post("/fhir/" + resource.path("resourceType").asText(), resource);
    if (answer.status() != 201) {
      throw new IOException("A resource was not created: HTTP " + answer.status());
    }
    return answer.body().path("id").asText();
  }

  /** Waits up to a minute for a resource. */
  public JsonNode await(String path) throws IOException, InterruptedException {
    Answer answer = get(path);
    for (int i = 0; i < 600 && answer.status() != 200; i++) {
      Thread.sleep(100);
      answer = get(path);
    }
    if (answer.status() != 200) {
      throw new IOException(path + " is not there: HTTP " + answer.status());
    }
    return answer.body();
  }

  /** Sends any request to {@link #root}, and gives the whole answer as it came. */
  public HttpResponse<byte[]> exchange(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(signed(request), HttpResponse.BodyHandlers.ofByteArray());
  }

  /** With the token that proves who calls, unless it brings one. */
  private HttpRequest signed(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpRequest whole = request.build();
    if (whole.headers().firstValue("Authorization").isPresent()) {
      return whole;
    }
    String token = bearer(whole.uri());
    return token == null ? whole : request.setHeader("Authorization", "Bearer " + token).build();
  }

  private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<byte[]> response = exchange(request);
    JsonNode body =
        response.body().length == 0 ? JSON.createObjectNode() : JSON.readTree(response.body());
    return new Answer(response.statusCode(), body);
  }
}
