package org.auscult.server.token;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.jwk.JWK;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A backend service of SMART: finds the token endpoint of a FHIR server, proves who it is by its
 * private key, and gets another token before the one that it has ends. Threads: safe.
 */
public final class BackendService implements TokenSource {
  /** All that systems may do. */
  public static final String USUAL_SCOPE = "system/*.cruds";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long USUAL_LIFE_SECONDS = 300;

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();
  private final String fhirBase;
  private final String client;
  private final JWK key;
  private final String scope;
  private @Nullable Token token;

  /**
   * @param renewal when another is to be got
   */
  private record Token(String text, Instant renewal) {}

  /**
   * @param fhirBase base URL of the FHIR server
   * @param key its private key, as a JWK: of P-384 or RSA
   */
  public BackendService(String fhirBase, String client, JWK key, String scope) {
    this.fhirBase = fhirBase.replaceAll("/+$", "");
    this.client = client;
    this.key = key;
    this.scope = scope;
  }

  @Override
  public synchronized String token() throws IOException, InterruptedException {
    Token kept = token;
    return kept == null || !Instant.now().isBefore(kept.renewal()) ? anew() : kept.text();
  }

  @Override
  public synchronized String anew() throws IOException, InterruptedException {
    String endpoint = endpoint();
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(URI.create(endpoint))
                .timeout(PATIENCE)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        encoded(ClientAssertion.form(client, key, scope, endpoint))))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    JsonNode body = json(answer);
    String text = body.path("access_token").asText();
    if (answer.statusCode() != 200 || text.isEmpty()) {
      throw new TokenRequest.RefusedException(
          "%s gives %s no access token: HTTP %d %s"
              .formatted(
                  endpoint, client, answer.statusCode(), body.path("error").asText("").strip()));
    }
    long life = body.path("expires_in").asLong(USUAL_LIFE_SECONDS);
    // A fifth of its life is left for a request that is under way.
    token = new Token(text, Instant.now().plusSeconds(Math.max(1, life * 4 / 5)));
    return text;
  }

  private String endpoint() throws IOException, InterruptedException {
    URI place = URI.create(fhirBase + "/.well-known/smart-configuration");
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(place).timeout(PATIENCE).build(),
            HttpResponse.BodyHandlers.ofString());
    String endpoint = json(answer).path("token_endpoint").asText();
    if (answer.statusCode() != 200 || !endpoint.matches("https?://\\S+")) {
      throw new TokenRequest.RefusedException(
          place + " names no token endpoint: HTTP " + answer.statusCode());
    }
    if (fhirBase.startsWith("https:") && !endpoint.startsWith("https:")) {
      throw new TokenRequest.RefusedException(place + " names a token endpoint without TLS");
    }
    return endpoint;
  }

  private static JsonNode json(HttpResponse<String> answer) throws IOException {
    try {
      return JSON.readTree(answer.body());
    } catch (JsonProcessingException e) {
      return JSON.createObjectNode();
    }
  }

  private static String encoded(Map<String, String> form) {
    return form.entrySet().stream()
        .map(p -> p.getKey() + "=" + URLEncoder.encode(p.getValue(), UTF_8))
        .collect(Collectors.joining("&"));
  }
}
