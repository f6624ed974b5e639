package org.auscult.server.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The registry of users and clients of a running server. */
final class RegistryHttp {
  static final ObjectMapper JSON = new ObjectMapper();

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();
  private final String root;
  private final String token;

  RegistryHttp(String root, String token) throws RefusedException {
    if (!root.matches("https?://[^\\s?#]+")) {
      throw new RefusedException("--server takes the root of a server, such as https://host:8443");
    }
    if (!token.matches("[\\x21-\\x7E]+")) {
      throw new RefusedException("There is no access token in what was given for one");
    }
    this.root = root;
    this.token = token;
  }

  /** The server, or these options, say no; the text is for people. */
  static final class RefusedException extends IOException {
    private static final long serialVersionUID = 1;

    RefusedException(String message) {
      super(message);
    }
  }

  /** What was read, and its version for {@code If-Match}. */
  record Read(ObjectNode body, String etag) {}

  /**
   * All of a kind, page after page.
   *
   * @param kind {@code users} or {@code clients}
   */
  List<JsonNode> all(String kind) throws IOException, InterruptedException {
    List<JsonNode> all = new ArrayList<>();
    String after = "";
    do {
      JsonNode page = send(request(kind + "?count=200&after=" + encoded(after)).GET(), 200).body();
      page.path(kind).forEach(all::add);
      after = page.has("next") ? page.path("next").asText().replaceFirst(".*[?&]after=", "") : "";
    } while (!after.isEmpty());
    return all;
  }

  Read get(String kind, String name) throws IOException, InterruptedException {
    return send(request(kind + "/" + encoded(name)).GET(), 200);
  }

  JsonNode create(String kind, JsonNode body) throws IOException, InterruptedException {
    return send(request(kind).POST(BodyPublishers.ofString(body.toString())), 201).body();
  }

  /** Changes what was read, unless somebody was faster. */
  void change(String kind, String name, Read read, JsonNode body)
      throws IOException, InterruptedException {
    send(
        request(kind + "/" + encoded(name))
            .header("If-Match", read.etag())
            .PUT(BodyPublishers.ofString(body.toString())),
        200);
  }

  JsonNode post(String kind, String name, String action, JsonNode body)
      throws IOException, InterruptedException {
    return send(
            request(kind + "/" + encoded(name) + "/" + action)
                .POST(BodyPublishers.ofString(body.toString())),
            200)
        .body();
  }

  private HttpRequest.Builder request(String below) {
    return HttpRequest.newBuilder(URI.create(root + "/auth/admin/" + below))
        .timeout(PATIENCE)
        .header("Authorization", "Bearer " + token)
        .header("Content-Type", "application/json")
        .header("Accept", "application/json");
  }

  private Read send(HttpRequest.Builder request, int expected)
      throws IOException, InterruptedException {
    HttpResponse<String> answer;
    try {
      answer = http.send(request.build(), BodyHandlers.ofString());
    } catch (ConnectException e) {
      throw new RefusedException("No server answers at " + root);
    }
    if (answer.statusCode() != expected) {
      throw new RefusedException(reason(answer));
    }
    try {
      return new Read(
          (ObjectNode) JSON.readTree(answer.body()),
          answer.headers().firstValue("ETag").orElse(""));
    } catch (JsonProcessingException | ClassCastException e) {
      throw new RefusedException(root + " answers in words that are not known here");
    }
  }

  private static String reason(HttpResponse<String> answer) {
    try {
      String words = JSON.readTree(answer.body()).at("/issue/0/diagnostics").asText();
      if (!words.isBlank()) {
        return words + " (HTTP " + answer.statusCode() + ")";
      }
    } catch (JsonProcessingException e) {
      // Not ours: its status says enough.
    }
    return "Refused: HTTP "
        + answer.statusCode()
        + (answer.statusCode() == 404 ? "; is the authorization server enabled there?" : "");
  }

  private static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8);
  }
}
