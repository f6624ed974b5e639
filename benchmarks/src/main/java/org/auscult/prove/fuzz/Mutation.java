package org.auscult.prove.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.auscult.prove.FhirCalls;
import org.auscult.prove.hospital.Ask;

/** Makes a right request wrong. */
final class Mutation {
  private static final List<String> METHODS =
      List.of("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "get", "FOO");

  private static final List<String> TYPES =
      List.of(
          "application/fhir+json",
          "application/fhir+xml",
          "application/json",
          "application/xml",
          "application/json-patch+json",
          "application/xml-patch+xml",
          "application/x-www-form-urlencoded",
          "multipart/form-data",
          "multipart/form-data; boundary=x",
          "text/plain",
          "text/html",
          "application/fhir+turtle",
          "application/fhir+json; charset=utf-16",
          "application/fhir+json; charset=nonsense",
          "application/fhir+json; fhirVersion=9.9",
          "application/octet-stream",
          "image/png",
          "/",
          "*",
          "a/b/c;;=",
          "");

  private static final List<String> HEADERS =
      List.of(
          "Accept: ",
          "Accept: */*;q=2",
          "Accept: application/fhir+xml",
          "Accept: application/fhir+json;fhirVersion=1.0",
          "Accept: text/html",
          "Accept: ;;,,=",
          "Accept: application/fhir+turtle",
          "Accept-Charset: utf-7",
          "Accept-Encoding: gzip",
          "Accept-Language: \u00e9",
          "Prefer: return=representation",
          "Prefer: return=OperationOutcome",
          "Prefer: respond-async",
          "Prefer: handling=strict",
          "Prefer: ;;==,",
          "If-Match: W/\"1\"",
          "If-Match: \"99999999999999999999\"",
          "If-Match: x",
          "If-None-Match: *",
          "If-None-Match: W/\"1\"",
          "If-Modified-Since: yesterday",
          "If-Modified-Since: Thu, 01 Jan 1970 00:00:00 GMT",
          "If-None-Exist: name=x",
          "If-None-Exist: ",
          "If-None-Exist: ?&&=",
          "If-None-Exist: _lastUpdated=x",
          "Range: bytes=0-0",
          "Range: bytes=9-1",
          "Content-Encoding: gzip",
          "Content-Encoding: identity",
          "Cache-Control: no-cache",
          "Cache-Control: no-store, max-results=x",
          "Cookie: JSESSIONID=x; a",
          "Cookie: =;=;\"",
          "Origin: null",
          "Origin: https://evil.example.org",
          "X-Request-Id: a b",
          "X-HTTP-Method-Override: DELETE",
          "X-Forwarded-Host: a b",
          "Forwarded: for=\"",
          "X-Retry-On-Version-Conflict: retry; max-retries=x",
          "X-Upsert-Extistence-Check: x",
          "X-Rewrite-History: true",
          "X-Cascade: delete",
          "Expect: 200-ok",
          "Upgrade: websocket",
          "Authorization: Basic a",
          "Authorization: Basic YTpi",
          "Authorization: Bearer",
          "Authorization: ");

  private static final List<String> PARAMETERS =
      List.of(
          "_count",
          "_sort",
          "_include",
          "_revinclude",
          "_include:iterate",
          "_format",
          "_pretty",
          "_summary",
          "_elements",
          "_total",
          "_since",
          "_at",
          "_lastUpdated",
          "_id",
          "_tag",
          "_profile",
          "_security",
          "_source",
          "_text",
          "_content",
          "_filter",
          "_list",
          "_has",
          "_has:Observation:patient:code",
          "_type",
          "_contained",
          "_containedType",
          "_offset",
          "_getpages",
          "_getpagesoffset",
          "_bundletype",
          "_page",
          "_query",
          "_narrative",
          "mode",
          "patient.name",
          "subject:Patient.name",
          "code:in",
          "code:below",
          "name:exact",
          "identifier:of-type",
          "date:missing",
          "subject:identifier",
          "a.b.c",
          ":",
          "_graphql",
          "_expunge",
          "_cascade",
          "_delete",
          "_mdm",
          "response_type",
          "scope",
          "client_id");

  private final Random random;

  Mutation(Random random) {
    this.random = random;
  }

  /** As bytes that no header describes rightly, or none. */
  record Broken(Ask ask, boolean isFramed) {}

  /** The request, wrong in none to three ways. */
  Broken of(Ask right) {
    Ask ask = right;
    int ways = random.nextInt(10) == 0 ? 0 : 1 + random.nextInt(3);
    for (int i = 0; i < ways; i++) {
      ask = once(ask);
    }
    return random.nextInt(30) == 0 ? unframed(ask) : new Broken(ask, true);
  }

  private Ask once(Ask ask) {
    boolean hasBody = ask.body().length > 0;
    return switch (random.nextInt(hasBody ? 14 : 6)) {
      case 0 -> query(ask);
      case 1 -> ask.target().contains("?") ? query(ask) : path(ask);
      case 2 -> path(ask);
      case 3 -> header(ask);
      case 4 -> random.nextInt(3) == 0 ? method(ask) : query(ask);
      case 5 -> hasBody ? type(ask) : header(ask);
      case 6, 7 -> bytes(ask);
      default -> body(ask);
    };
  }

  private Ask method(Ask ask) {
    String method = METHODS.get(random.nextInt(METHODS.size()));
    return new Ask(method, ask.target(), ask.lines(), ask.body());
  }

  private Ask header(Ask ask) {
    String line = HEADERS.get(random.nextInt(HEADERS.size()));
    if (random.nextInt(6) == 0) {
      line = line.replaceFirst(":.*", ": ") + printable(Nasty.text(random));
    }
    String name = line.replaceFirst(":.*", "");
    List<String> lines = new ArrayList<>(ask.lines());
    if (random.nextInt(4) > 0) {
      lines.removeIf(l -> l.regionMatches(true, 0, name + ":", 0, name.length() + 1));
    }
    lines.add(line);
    return new Ask(ask.method(), ask.target(), lines, ask.body());
  }

  /** What can stand in a header line at all. */
  private static String printable(String text) {
    return text.replaceAll("[\\x00-\\x1f\\x7f]", "?");
  }

  private Ask type(Ask ask) {
    List<String> lines = new ArrayList<>(ask.lines());
    lines.removeIf(l -> l.regionMatches(true, 0, "Content-Type:", 0, 13));
    if (random.nextInt(6) > 0) {
      lines.add("Content-Type: " + TYPES.get(random.nextInt(TYPES.size())));
    }
    return new Ask(ask.method(), ask.target(), lines, ask.body());
  }

  private Ask path(Ask ask) {
    String[] halves = ask.target().split("\\?", 2);
    List<String> segments = new ArrayList<>(Arrays.asList(halves[0].split("/", -1)));
    int at = 1 + (segments.size() > 1 ? random.nextInt(segments.size() - 1) : 0);
    switch (random.nextInt(5)) {
      case 0 -> segments.add(Math.min(at, segments.size()), encoded(Nasty.text(random)));
      case 1 -> segments.add(encoded(Nasty.text(random)));
      case 2 ->
          segments.add(
              List.of("_history", "_search", "$everything", "$meta", "$x", "*", "1")
                  .get(random.nextInt(7)));
      case 3 -> segments.set(Math.min(at, segments.size() - 1), encoded(Nasty.text(random)));
      default ->
          segments.set(
              segments.size() - 1,
              encoded(TreeMutation.spoilt(segments.get(segments.size() - 1), random)));
    }
    String path = String.join("/", segments);
    return target(ask, halves.length > 1 ? path + "?" + halves[1] : path);
  }

  private Ask query(Ask ask) {
    String[] halves = ask.target().split("\\?", 2);
    return target(ask, halves[0] + "?" + fields(halves.length > 1 ? halves[1] : ""));
  }

  private String fields(String query) {
    List<String> pairs = new ArrayList<>();
    if (!query.isEmpty()) {
      pairs.addAll(Arrays.asList(query.split("&")));
    }
    if (pairs.isEmpty() || random.nextInt(3) == 0) {
      String name = PARAMETERS.get(random.nextInt(PARAMETERS.size()));
      pairs.add(encoded(name).replace("%3A", ":") + "=" + encoded(Nasty.text(random)));
      return String.join("&", pairs);
    }
    int at = random.nextInt(pairs.size());
    String[] pair = pairs.get(at).split("=", 2);
    String value = pair.length > 1 ? pair[1] : "";
    pairs.set(
        at,
        switch (random.nextInt(6)) {
          case 0 -> pair[0];
          case 1 -> pair[0] + "=" + value + "&" + pair[0] + "=" + encoded(Nasty.text(random));
          case 2 -> pair[0] + ":" + encoded(Nasty.text(random)) + "=" + value;
          case 3 -> pair[0] + "=" + value + "," + encoded(Nasty.text(random));
          case 4 -> pair[0] + "=%" + value;
          default -> pair[0] + "=" + encoded(Nasty.text(random));
        });
    return String.join("&", pairs);
  }

  private static String encoded(String text) {
    return Ask.encoded(text.substring(0, Math.min(2_000, text.length())));
  }

  private static Ask target(Ask ask, String target) {
    return new Ask(ask.method(), target, ask.lines(), ask.body());
  }

  private static Ask body(Ask ask, byte[] body) {
    return new Ask(ask.method(), ask.target(), ask.lines(), body);
  }

  /** By its structure. */
  private Ask body(Ask ask) {
    String text = new String(ask.body(), UTF_8);
    if (text.startsWith("{") || text.startsWith("[")) {
      try {
        JsonNode tree = FhirCalls.JSON.readTree(text);
        for (int i = 0; i <= random.nextInt(3); i++) {
          tree = TreeMutation.of(tree, random);
        }
        return body(ask, FhirCalls.JSON.writeValueAsBytes(tree));
      } catch (IOException e) {
        return bytes(ask);
      }
    }
    if (text.startsWith("<")) {
      return body(ask, xml(text).getBytes(UTF_8));
    }
    return body(ask, fields(text).getBytes(UTF_8));
  }

  private String xml(String text) {
    int at = random.nextInt(text.length());
    int tag = text.indexOf('<', at);
    int value = text.indexOf("value=\"", at);
    return switch (random.nextInt(6)) {
      case 0 -> tag < 0 ? text : text.substring(0, tag) + "<x/>" + text.substring(tag);
      case 1 ->
          tag < 0
              ? text
              : text.substring(0, tag) + text.substring(Math.min(text.length(), tag + 5));
      case 2 ->
          tag < 0
              ? text
              : text.substring(0, tag)
                  + "<![CDATA["
                  + Nasty.text(random)
                  + "]]>"
                  + text.substring(tag);
      case 3 -> tag < 0 ? text : text.substring(0, tag) + "<!-- -- -->" + text.substring(tag);
      default ->
          value < 0
              ? text
              : text.substring(0, value + 7) + Nasty.text(random) + text.substring(value + 7);
    };
  }

  private Ask bytes(Ask ask) {
    byte[] body = ask.body().clone();
    if (body.length == 0) {
      return body(ask, Nasty.text(random).getBytes(UTF_8));
    }
    int at = random.nextInt(body.length);
    return body(
        ask,
        switch (random.nextInt(7)) {
          case 0 -> Arrays.copyOf(body, at);
          case 1 -> {
            body[at] = (byte) random.nextInt(256);
            yield body;
          }
          case 2 -> inserted(body, at, Nasty.text(random).getBytes(UTF_8));
          case 3 -> new String(body, UTF_8).getBytes(UTF_16);
          case 4 -> inserted(body, 0, new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF});
          case 5 -> inserted(body, body.length, body);
          default -> {
            byte[] noise = new byte[1 + random.nextInt(20)];
            random.nextBytes(noise);
            yield inserted(body, at, noise);
          }
        });
  }

  private static byte[] inserted(byte[] into, int at, byte[] more) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.write(into, 0, at);
    whole.writeBytes(more);
    whole.write(into, at, into.length - at);
    return whole.toByteArray();
  }

  /** A body that is longer or shorter than said, or in broken chunks: no answer is due then. */
  private Broken unframed(Ask ask) {
    int length = ask.body().length;
    return switch (random.nextInt(6)) {
      case 0 -> new Broken(ask.with("Content-Length: " + (length + 10)), false);
      case 1 -> new Broken(ask.with("Content-Length: " + length / 2), false);
      case 2 ->
          new Broken(
              ask.with("Content-Length: " + Nasty.text(random).replaceAll("[\r\n\0]", "")), false);
      case 3 -> {
        String chunks =
            Integer.toHexString(length)
                + "\r\n"
                + new String(ask.body(), ISO_8859_1)
                + "\r\n0\r\n\r\n";
        yield new Broken(
            body(ask.with("Transfer-Encoding: chunked"), chunks.getBytes(ISO_8859_1)), length > 0);
      }
      case 4 ->
          new Broken(
              body(ask.with("Transfer-Encoding: chunked"), "zz\r\n{}\r\n".getBytes(ISO_8859_1)),
              false);
      default ->
          new Broken(ask.with("Transfer-Encoding: chunked").with("Content-Length: 3"), false);
    };
  }
}
