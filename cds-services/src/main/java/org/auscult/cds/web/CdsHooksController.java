package org.auscult.cds.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.auscult.cds.hook.HookAnswer;
import org.auscult.cds.hook.HookEndpoint;
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
  /** Bodies are smaller than this, in bytes, unless configured otherwise. */
  public static final int DEFAULT_BODY_LIMIT = 10_000_000;

  /** How much of a refused body is still read, so that its sender gets to hear why. */
  private static final long DRAINED = 64_000_000L;

  private final HookEndpoint endpoint;
  private final int bodyLimit;

  /**
   * @param bodyLimit in bytes; a body of this size or more is refused with 413
   */
  public CdsHooksController(HookEndpoint endpoint, int bodyLimit) {
    this.endpoint = Objects.requireNonNull(endpoint);
    if (bodyLimit <= 0) {
      throw new IllegalArgumentException("A body limit is positive: " + bodyLimit);
    }
    this.bodyLimit = bodyLimit;
  }

  /** Discovery. */
  @GetMapping("/cds-services")
  public ResponseEntity<byte[]> discover() {
    return response(endpoint.discover());
  }

  /** A call. */
  @PostMapping("/cds-services/{id}")
  public ResponseEntity<byte[]> call(
      @PathVariable("id") String id, @RequestHeader HttpHeaders headers, InputStream body)
      throws IOException {
    return answer(headers, body, bytes -> endpoint.call(id, bytes));
  }

  /** Feedback. */
  @PostMapping("/cds-services/{id}/feedback")
  public ResponseEntity<byte[]> feedback(
      @PathVariable("id") String id, @RequestHeader HttpHeaders headers, InputStream body)
      throws IOException {
    return answer(headers, body, bytes -> endpoint.feedback(id, bytes));
  }

  private ResponseEntity<byte[]> answer(
      HttpHeaders headers, InputStream body, Function<byte[], HookAnswer> answer)
      throws IOException {
    if (!isJson(headers)) {
      return response(HookEndpoint.wrongContentType());
    }
    Optional<byte[]> read = read(body);
    return response(read.isEmpty() ? HookEndpoint.tooLarge(bodyLimit) : answer.apply(read.get()));
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
          && (subtype.equals("json") || subtype.endsWith("+json"));
    } catch (InvalidMimeTypeException | org.springframework.http.InvalidMediaTypeException e) {
      return false;
    }
  }

  /** The body, read as it comes; empty if it is too large. */
  private Optional<byte[]> read(InputStream body) throws IOException {
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
