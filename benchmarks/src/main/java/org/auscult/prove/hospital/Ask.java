package org.auscult.prove.hospital;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A request as it goes over the wire: nothing of it is checked or escaped.
 *
 * @param target path and query, exactly as sent
 * @param lines headers, each as it is sent; Host, Connection and Content-Length are added unless
 *     one is among them
 */
public record Ask(String method, String target, List<String> lines, byte[] body) {
  private static final byte[] NONE = {};

  public Ask {
    lines = List.copyOf(lines);
  }

  /** A GET. */
  public static Ask get(String target) {
    return new Ask("GET", target, List.of(), NONE);
  }

  /** A request with a body. */
  public static Ask send(String method, String target, String contentType, byte[] body) {
    return new Ask(method, target, List.of("Content-Type: " + contentType), body);
  }

  /** A POST of a web form. */
  public static Ask form(String target, Map<String, String> fields) {
    byte[] body = encoded(fields).getBytes(UTF_8);
    return send("POST", target, "application/x-www-form-urlencoded", body);
  }

  /** A FHIR resource, or a bundle. */
  public static Ask fhir(String method, String target, JsonNode resource) {
    return send(method, target, "application/fhir+json", resource.toString().getBytes(UTF_8));
  }

  /** Anything as JSON. */
  public static Ask json(String target, JsonNode body) {
    return send("POST", target, "application/json", body.toString().getBytes(UTF_8));
  }

  /** A JSON Patch. */
  public static Ask patch(String target, JsonNode operations) {
    return send(
        "PATCH", target, "application/json-patch+json", operations.toString().getBytes(UTF_8));
  }

  /** With a further header line. */
  public Ask with(String line) {
    List<String> more = new ArrayList<>(lines);
    more.add(line);
    return new Ask(method, target, more, body);
  }

  /** With a token; without one if it is empty. */
  public Ask bearer(String token) {
    return token.isEmpty() ? this : with("Authorization: Bearer " + token);
  }

  /** Whether a header is there. */
  public boolean has(String name) {
    return lines.stream().anyMatch(l -> l.regionMatches(true, 0, name + ":", 0, name.length() + 1));
  }

  /** Encoded as a query or a form. */
  public static String encoded(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(f -> encoded(f.getKey()) + "=" + encoded(f.getValue()))
        .collect(Collectors.joining("&"));
  }

  /** Encoded for a query. */
  public static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  /** The bytes, for a server of this name. */
  byte[] bytes(String host) {
    StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
    if (!has("Host")) {
      head.append("Host: ").append(host).append("\r\n");
    }
    if (!has("Connection")) {
      head.append("Connection: close\r\n");
    }
    boolean isCounted = has("Content-Length") || has("Transfer-Encoding");
    if (!isCounted && (body.length > 0 || !method.matches("GET|HEAD|DELETE|OPTIONS"))) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    lines.forEach(line -> head.append(line).append("\r\n"));
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.writeBytes(head.append("\r\n").toString().getBytes(ISO_8859_1));
    whole.writeBytes(body);
    return whole.toByteArray();
  }
}
