package org.auscult.cds.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import org.auscult.cds.client.ClientProfile;
import org.auscult.cds.client.Clients;
import org.auscult.cds.hook.HookAnswer;
import org.auscult.cds.hook.HookEndpoint;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
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
  private final Clients clients;
  private final byte[] icon;

  public CdsHooksController(HookEndpoint endpoint) {
    this.endpoint = Objects.requireNonNull(endpoint);
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
  public ResponseEntity<byte[]> discover() {
    return response(endpoint.discover(clients.plain()));
  }

  /** Discovery for one client. */
  @GetMapping("/ehr/{client}/cds-services")
  public ResponseEntity<byte[]> discover(@PathVariable("client") String client) {
    return response(
        clients.find(client).map(endpoint::discover).orElseGet(HookEndpoint::unknownClient));
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
      Optional<ClientProfile> client, String id, HttpHeaders headers, InputStream body)
      throws IOException {
    return answer(client, headers, body, (path, bytes) -> endpoint.call(path, id, bytes));
  }

  /** Feedback. */
  @PostMapping("/cds-services/{id}/feedback")
  public ResponseEntity<byte[]> feedback(
      @PathVariable("id") String id, @RequestHeader HttpHeaders headers, InputStream body)
      throws IOException {
    return answer(
        Optional.of(clients.plain()), headers, body, (path, bytes) -> endpoint.feedback(id, bytes));
  }

  /** Feedback of one client. */
  @PostMapping("/ehr/{client}/cds-services/{id}/feedback")
  public ResponseEntity<byte[]> feedback(
      @PathVariable("client") String client,
      @PathVariable("id") String id,
      @RequestHeader HttpHeaders headers,
      InputStream body)
      throws IOException {
    return answer(
        clients.find(client), headers, body, (path, bytes) -> endpoint.feedback(id, bytes));
  }

  /** The icon that cards name as their source's. */
  @GetMapping(ClientProfile.ICON)
  public ResponseEntity<byte[]> showIcon() {
    return ResponseEntity.ok()
        .contentType(MediaType.IMAGE_PNG)
        .cacheControl(CacheControl.maxAge(Duration.ofDays(1)).cachePublic())
        .body(icon);
  }

  private static ResponseEntity<byte[]> answer(
      Optional<ClientProfile> client,
      HttpHeaders headers,
      InputStream body,
      BiFunction<ClientProfile, byte[], HookAnswer> answer)
      throws IOException {
    if (client.isEmpty()) {
      return response(HookEndpoint.unknownClient());
    }
    if (!isJson(headers)) {
      return response(HookEndpoint.wrongContentType());
    }
    Optional<byte[]> read = read(body, client.get().bodyLimit());
    return response(
        read.isEmpty()
            ? HookEndpoint.tooLarge(client.get())
            : answer.apply(client.get(), read.get()));
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
    } catch (InvalidMimeTypeException | org.springframework.http.InvalidMediaTypeException e) {
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
