package org.auscult.cds.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.auscult.cds.client.CallerVerdict;
import org.auscult.cds.client.CallerVerifier;
import org.auscult.cds.client.CallerVerifier.Attempt;
import org.auscult.cds.client.CallerVerifier.Endpoint;
import org.auscult.cds.client.ClientProfile;
import org.auscult.cds.client.Clients;
import org.auscult.cds.hook.HookAnswer;
import org.auscult.cds.hook.HookEndpoint;
import org.auscult.prediction.CallerIdentity;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * CDS Hooks over HTTP: hands bodies to {@link HookEndpoint}, and turns away what is not JSON or too
 * large.
 */
@RestController
public final class CdsHooksController {
  /** How much of a refused body is still read, so that its sender gets to hear why. */
  private static final long DRAINED = 64_000_000L;

  private final HookEndpoint endpoint;
  private final CallerVerifier callers;
  private final Clients clients;
  private final byte[] icon;

  /**
   * @param callers asked before anything of a body is read
   */
  public CdsHooksController(HookEndpoint endpoint, CallerVerifier callers) {
    this.endpoint = Objects.requireNonNull(endpoint);
    this.callers = Objects.requireNonNull(callers);
    this.clients = endpoint.clients();
    this.icon = icon();
  }

  private static byte[] icon() {
    try (InputStream png = CdsHooksController.class.getResourceAsStream("icon.png")) {
      return Objects.requireNonNull(png).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Discovery. */
  @GetMapping("/cds-services")
  public ResponseEntity<byte[]> discover(@RequestHeader HttpHeaders headers) {
    return discovered(Optional.of(clients.plain()), headers);
  }

  /** Discovery for one client. */
  @GetMapping("/ehr/{client}/cds-services")
  public ResponseEntity<byte[]> discover(
      @PathVariable("client") String client, @RequestHeader HttpHeaders headers) {
    return discovered(clients.find(client), headers);
  }

  private ResponseEntity<byte[]> discovered(Optional<ClientProfile> path, HttpHeaders headers) {
    return admitted(
        path, Endpoint.DISCOVERY, "", headers, (known, who) -> response(endpoint.discover(known)));
  }

  /** A call. */
  @PostMapping("/cds-services/{id}")
  public ResponseEntity<byte[]> call(
      @PathVariable("id") String id, @RequestHeader HttpHeaders headers, InputStream body)
      throws IOException {
    return called(Optional.of(clients.plain()), id, headers, body);
  }

  /** A call by one client. */
  @PostMapping("/ehr/{client}/cds-services/{id}")
  public ResponseEntity<byte[]> call(
      @PathVariable("client") String client,
      @PathVariable("id") String id,
      @RequestHeader HttpHeaders headers,
      InputStream body)
      throws IOException {
    return called(clients.find(client), id, headers, body);
  }

  private ResponseEntity<byte[]> called(
      Optional<ClientProfile> path, String id, HttpHeaders headers, InputStream body)
      throws IOException {
    return admitted(
        path,
        Endpoint.SERVICE,
        id,
        headers,
        (known, who) ->
            answer(known, headers, body, bytes -> endpoint.call(known, who, id, bytes)));
  }

  /** Feedback. */
  @PostMapping("/cds-services/{id}/feedback")
  public ResponseEntity<byte[]> feedback(
      @PathVariable("id") String id, @RequestHeader HttpHeaders headers, InputStream body)
      throws IOException {
    return answered(Optional.of(clients.plain()), id, headers, body);
  }

  /** Feedback of one client. */
  @PostMapping("/ehr/{client}/cds-services/{id}/feedback")
  public ResponseEntity<byte[]> feedback(
      @PathVariable("client") String client,
      @PathVariable("id") String id,
      @RequestHeader HttpHeaders headers,
      InputStream body)
      throws IOException {
    return answered(clients.find(client), id, headers, body);
  }

  private ResponseEntity<byte[]> answered(
      Optional<ClientProfile> path, String id, HttpHeaders headers, InputStream body)
      throws IOException {
    return admitted(
        path,
        Endpoint.FEEDBACK,
        id,
        headers,
        (known, who) -> answer(known, headers, body, bytes -> endpoint.feedback(who, id, bytes)));
  }

  /** The icon that cards name as their source's. */
  @GetMapping(ClientProfile.ICON)
  public ResponseEntity<byte[]> showIcon() {
    return ResponseEntity.ok()
        .contentType(MediaType.IMAGE_PNG)
        .cacheControl(CacheControl.maxAge(Duration.ofDays(1)).cachePublic())
        .body(icon);
  }

  /** How a call goes on whose path and caller are known; null: nothing was proven of the caller. */
  private interface Next<E extends Exception> {
    ResponseEntity<byte[]> answer(ClientProfile path, @Nullable CallerIdentity who) throws E;
  }

  /** Lets a call go on if it may; nothing of its body is read before. */
  private <E extends Exception> ResponseEntity<byte[]> admitted(
      Optional<ClientProfile> path,
      Endpoint called,
      String service,
      HttpHeaders headers,
      Next<E> next)
      throws E {
    if (path.isEmpty()) {
      return response(HookEndpoint.unknownClient());
    }
    List<String> sent = headers.getOrEmpty(HttpHeaders.AUTHORIZATION);
    String authorization = sent.isEmpty() ? null : String.join(", ", sent);
    CallerVerdict verdict;
    try {
      verdict = callers.verify(new Attempt(path.get(), called, service, authorization));
    } catch (RuntimeException e) {
      return response(HookEndpoint.unverifiable(e));
    }
    if (verdict instanceof CallerVerdict.Refused refused) {
      return refusal(refused);
    }
    return next.answer(path.get(), ((CallerVerdict.Admitted) verdict).caller());
  }

  private static ResponseEntity<byte[]> refusal(CallerVerdict.Refused refused) {
    HookAnswer answer = HookEndpoint.refused(refused);
    ResponseEntity.BodyBuilder response = ResponseEntity.status(answer.status());
    String challenge = refused.reason().challenge();
    if (challenge != null) {
      response.header(HttpHeaders.WWW_AUTHENTICATE, challenge);
    }
    Duration later = refused.retryAfter();
    if (later != null) {
      long seconds = Math.max(1, later.plusMillis(999).toSeconds());
      response.header(HttpHeaders.RETRY_AFTER, String.valueOf(seconds));
    }
    return response
        .contentType(MediaType.APPLICATION_JSON)
        .body(answer.body().getBytes(StandardCharsets.UTF_8));
  }

  private static ResponseEntity<byte[]> answer(
      ClientProfile client,
      HttpHeaders headers,
      InputStream body,
      Function<byte[], HookAnswer> answer)
      throws IOException {
    if (!isJson(headers)) {
      return response(HookEndpoint.wrongContentType());
    }
    Optional<byte[]> read = read(body, client.bodyLimit());
    return response(read.isEmpty() ? HookEndpoint.tooLarge(client) : answer.apply(read.get()));
  }

  private static boolean isJson(HttpHeaders headers) {
    String encoding = headers.getFirst(HttpHeaders.CONTENT_ENCODING);
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      return false;
    }
    String declared = headers.getFirst(HttpHeaders.CONTENT_TYPE);
    if (declared == null) {
      return false;
    }
    try {
      MediaType type = MediaType.parseMediaType(declared);
      String subtype = type.getSubtype().toLowerCase(Locale.ROOT);
      boolean utf8 = type.getCharset() == null || type.getCharset().equals(StandardCharsets.UTF_8);
      return utf8
          && type.getType().equalsIgnoreCase("application")
          && (subtype.equals("json") || subtype.endsWith("+json") || subtype.startsWith("json+"));
    } catch (InvalidMimeTypeException | InvalidMediaTypeException e) {
      return false;
    }
  }

  /** The body, read as it comes; empty if it is too large. */
  private static Optional<byte[]> read(InputStream body, int bodyLimit) throws IOException {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    byte[] buffer = new byte[16_384];
    long total = 0;
    for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
      total += n;
      if (total < bodyLimit) {
        read.write(buffer, 0, n);
      } else {
        read.reset();
      }
      if (total > bodyLimit + DRAINED) {
        break;
      }
    }
    return total < bodyLimit ? Optional.of(read.toByteArray()) : Optional.empty();
  }

  private static ResponseEntity<byte[]> response(HookAnswer answer) {
    ResponseEntity.BodyBuilder response = ResponseEntity.status(answer.status());
    return answer.body().isEmpty()
        ? response.build()
        : response
            .contentType(MediaType.APPLICATION_JSON)
            .body(answer.body().getBytes(StandardCharsets.UTF_8));
  }
}
