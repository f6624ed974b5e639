package org.auscult.server.client;

import static java.net.http.HttpResponse.BodyHandlers.ofByteArray;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.auscult.server.token.TokenRequest;
import org.auscult.server.token.TokenSource;
import org.jspecify.annotations.Nullable;

/**
 * The little of a FHIR client that our commands need; waits for a server that is busy or starting.
 */
final class FhirHttp {
  /** Keeps decimals as they are written (1.50 stays 1.50) and takes one value, not several. */
  static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  static final Duration FIRST_WAIT = Duration.ofMillis(250);
  private static final int MOST_TRIES = 7;

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();
  private final String base;
  private final TokenSource tokens;
  private final Duration firstWait;
  private final @Nullable String purpose;

  /**
   * Gives a client of one server.
   *
   * @param firstWait how long to wait before the second try; each further wait is twice as long
   */
  FhirHttp(String base, TokenSource tokens, Duration firstWait) {
    this(base, tokens, firstWait, null);
  }

  /**
   * Gives a client of one server that asks for a stated purpose of use.
   *
   * @param purpose code of v3-PurposeOfUse; null for the token's own
   */
  FhirHttp(String base, TokenSource tokens, Duration firstWait, @Nullable String purpose) {
    this.base = base.replaceAll("/+$", "");
    this.tokens = tokens;
    this.firstWait = firstWait;
    this.purpose = purpose;
  }

  /** When a request is sent once more. */
  enum Repeat {
    /** Whenever it might help; for what does no harm twice. */
    FREELY,
    /**
     * When it surely was not taken: there was no connection, or the server said that it is busy.
     */
    IF_NOT_TAKEN;

    boolean helps(int status) {
      return switch (this) {
        // A conflict passes when the other writer is done: an earlier run's last request, maybe.
        case FREELY -> status == 409 || status == 429 || (status >= 502 && status <= 504);
        case IF_NOT_TAKEN -> status == 429 || status == 503;
      };
    }
  }

  record Answer(int status, HttpHeaders headers, JsonNode body) {
    boolean isSuccess() {
      return status >= 200 && status < 300;
    }

    /** What the server says is wrong. */
    String reason() {
      return reason("HTTP " + status, body);
    }

    static String reason(String status, JsonNode outcome) {
      StringBuilder reason = new StringBuilder(status);
      for (JsonNode issue : outcome.path("issue")) {
        reason.append(": ").append(issue.path("diagnostics").asText(issue.path("code").asText()));
      }
      return reason.toString();
    }
  }

  /**
   * Posts a bundle to the base; more than once if its answer is lost, so it must be harmless to
   * repeat.
   *
   * @throws Unavailable if the server cannot be reached, however often it is tried
   */
  Answer post(JsonNode bundle) {
    return post("", bundle);
  }

  /** Posts to a place below the base, such as {@code Patient/$rebuild-timeline}. */
  Answer post(String path, JsonNode resource) {
    try {
      byte[] body = JSON.writeValueAsBytes(resource);
      return send(
          request(path)
              .header("Content-Type", "application/fhir+json")
              .POST(HttpRequest.BodyPublishers.ofByteArray(body)),
          Repeat.FREELY);
    } catch (IOException e) {
      throw new IllegalStateException("A resource cannot be written", e);
    }
  }

  /** The one resource that a condition such as {@code Practitioner?identifier=s|v} names. */
  Optional<String> resolve(String condition) {
    List<String> found = search(condition);
    return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
  }

  /** At most two of them; none if the server refuses the search. */
  private List<String> search(String condition) {
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
            request(condition.substring(0, question + 1) + query + "_count=2").GET(),
            Repeat.FREELY);
    String type = condition.substring(0, question);
    List<String> found = new ArrayList<>();
    for (JsonNode entry : answer.body().path("entry")) {
      JsonNode resource = entry.path("resource");
      if (resource.path("resourceType").asText().equals(type)) {
        found.add(type + "/" + resource.path("id").asText());
      }
    }
    return answer.isSuccess() ? found : List.of();
  }

  /** Whether the server has a resource such as {@code Patient/1}. */
  boolean has(String reference) {
    return send(request(reference).GET(), Repeat.FREELY).isSuccess();
  }

  /** A request to a place below the base, which may have a query. */
  HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(path.isEmpty() ? base : base + "/" + path))
            .timeout(Duration.ofMinutes(30))
            .header("Accept", "application/fhir+json");
    return purpose == null ? request : request.header("Purpose-Of-Use", purpose);
  }

  /**
   * Sends a request, and reads the answer as JSON; an empty object if it is none.
   *
   * @throws Unavailable if there is no answer
   */
  Answer send(HttpRequest.Builder request, Repeat repeat) {
    return send(
        request,
        repeat,
        ofByteArray(),
        response -> new Answer(response.statusCode(), response.headers(), parse(response.body())));
  }

  /**
   * Writes what is at a place into a file, anew if it exists.
   *
   * @return the status; the file is written if it is 200
   * @throws Unavailable if there is no answer, or it never comes to its end
   */
  int download(String path, Path file) {
    return send(
        request(path).setHeader("Accept", "*/*").GET(),
        Repeat.FREELY,
        info ->
            info.statusCode() == 200
                ? BodySubscribers.ofFile(file, CREATE, WRITE, TRUNCATE_EXISTING)
                : BodySubscribers.replacing(file),
        HttpResponse::statusCode);
  }

  /** Reads an answer. */
  private interface Reading<B, A> {
    A of(HttpResponse<B> response) throws IOException;
  }

  private <B, A> A send(
      HttpRequest.Builder request, Repeat repeat, BodyHandler<B> body, Reading<B, A> reading) {
    Duration wait = firstWait;
    String last = "";
    for (int attempt = 1; attempt <= MOST_TRIES; attempt++) {
      if (attempt > 1) {
        pause(wait);
        wait = wait.multipliedBy(2);
      }
      try {
        HttpResponse<B> response = sendWithToken(request, body);
        int status = response.statusCode();
        if (status == 401) {
          throw new Unavailable(base + " wants another access token (HTTP 401). " + Access.HELP);
        }
        if (!repeat.helps(status) || (status == 409 && attempt == MOST_TRIES)) {
          return reading.of(response);
        }
        last = "HTTP " + status;
      } catch (TokenRequest.RefusedException e) {
        throw new Unavailable(e.getMessage() + ". " + Access.HELP);
      } catch (ConnectException | HttpConnectTimeoutException e) {
        last = "no connection";
      } catch (IOException e) {
        if (repeat == Repeat.IF_NOT_TAKEN) {
          throw new Unavailable("The answer of " + base + " was lost; it may have been done");
        }
        last = e.getClass().getSimpleName();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new Unavailable(base + " was not waited for");
      }
    }
    throw new Unavailable(base + " does not answer (" + last + ")");
  }

  /** If the token is refused, which may have been revoked or have ended, once more with another. */
  private <B> HttpResponse<B> sendWithToken(HttpRequest.Builder request, BodyHandler<B> body)
      throws IOException, InterruptedException {
    String token = tokens.token();
    HttpResponse<B> response = http.send(with(token, request), body);
    if (response.statusCode() == 401 && token != null) {
      String other = tokens.anew();
      if (!token.equals(other)) {
        return http.send(with(other, request), body);
      }
    }
    return response;
  }

  private static HttpRequest with(@Nullable String token, HttpRequest.Builder request) {
    return token == null
        ? request.build()
        : request.setHeader("Authorization", "Bearer " + token).build();
  }

  private static JsonNode parse(byte[] body) throws IOException {
    try {
      return body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return JSON.createObjectNode();
    }
  }

  private static void pause(Duration wait) {
    try {
      Thread.sleep(wait.toMillis());
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
