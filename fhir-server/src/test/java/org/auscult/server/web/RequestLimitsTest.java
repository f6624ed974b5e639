package org.auscult.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RequestLimitsTest {
  private static final int LIMIT = 100_000;

  private static SmallServer server;

  @BeforeAll
  static void start() {
    server = SmallServer.start(Map.of("auscult.web.fhir-body-limit", LIMIT));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String post(String path, String type, String body) throws Exception {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return SmallServer.raw(
        server.port(),
        head("POST", path, type) + "Content-Length: " + bytes.length + "\r\n\r\n",
        bytes);
  }

  private static String chunked(String path, String type, String body) throws Exception {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String whole =
        Integer.toHexString(bytes.length)
            + "\r\n"
            + new String(bytes, StandardCharsets.ISO_8859_1)
            + "\r\n0\r\n\r\n";
    return SmallServer.raw(
        server.port(),
        head("POST", path, type) + "Transfer-Encoding: chunked\r\n\r\n",
        whole.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String get(String path, String... headers) throws Exception {
    StringBuilder head = new StringBuilder(head("GET", path, "application/json"));
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    return SmallServer.raw(server.port(), head + "\r\n");
  }

  private static String head(String method, String path, String type) {
    return method
        + " "
        + path
        + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Type: "
        + type
        + "\r\n";
  }

  private static String nested(int levels) {
    return "{\"resourceType\":\"Patient\",\"extension\":"
        + "[{\"url\":\"u\",\"extension\":".repeat(levels)
        + "[]"
        + "}]".repeat(levels)
        + "}";
  }

  @Test
  void takesNoResourceAsTriples() throws Exception {
    for (String type : new String[] {"text/turtle", "application/x-turtle", "text/n3"}) {
      assertThat(post("/fhir/Patient", type, "{")).as(type).startsWith("HTTP/1.1 415");
    }
  }

  @Test
  void aBodyWithBrokenFramingIsTheClientsFault() throws Exception {
    for (String type : new String[] {"application/x-www-form-urlencoded", "application/json"}) {
      for (String method : new String[] {"POST", "PUT"}) {
        String answer =
            SmallServer.raw(
                server.port(),
                head(method, "/oauth2/echo", type) + "Transfer-Encoding: chunked\r\n\r\n",
                "zz\r\nbroken".getBytes(StandardCharsets.US_ASCII));
        assertThat(answer).as(method + type).startsWith("HTTP/1.1 4");
      }
    }
  }

  @Test
  void aDateThatIsNoneIsRefused() throws Exception {
    assertThat(get("/oauth2/page", "If-Modified-Since: yesterday")).startsWith("HTTP/1.1 400");
    assertThat(get("/oauth2/page", "If-Modified-Since: Sat, 21 Nov 2026 10:00:00 GMT"))
        .startsWith("HTTP/1.1 200");
  }

  @Test
  void aVersionThatIsNoneIsRefused() throws Exception {
    for (String none : new String[] {"x", "\"99999999999999999999\"", "W/\"\""}) {
      assertThat(get("/fhir/Patient/1", "If-Match: " + none))
          .startsWith("HTTP/1.1 400")
          .contains("If-Match is a version");
    }
    for (String version : new String[] {"W/\"3\"", "\"3\"", "3"}) {
      assertThat(get("/fhir/Patient/1", "If-Match: " + version))
          .doesNotContain("If-Match is a version");
    }
  }

  @Test
  void typesThatNameNothingAreRefused() throws Exception {
    assertThat(get("/oauth2/page", "Accept: ")).startsWith("HTTP/1.1 400");
    assertThat(get("/oauth2/page", "Accept: */*")).startsWith("HTTP/1.1 200");
    assertThat(SmallServer.raw(server.port(), head("GET", "/oauth2/page", "*") + "\r\n"))
        .startsWith("HTTP/1.1 415");
  }

  @Test
  void takesAnOrdinaryBody() throws Exception {
    String patient = "{\"resourceType\":\"Patient\"}";

    assertThat(post("/fhir/Patient", "application/fhir+json", patient)).startsWith("HTTP/1.1 201");
    assertThat(chunked("/fhir/Patient", "application/fhir+json", patient))
        .startsWith("HTTP/1.1 201");
    assertThat(post("/oauth2/echo", "application/octet-stream", "12345")).contains("read 5");
  }

  @Test
  void refusesABodyThatIsTooLarge() throws Exception {
    String large = " ".repeat(LIMIT) + "{\"resourceType\":\"Patient\"}";

    assertThat(post("/fhir/Patient", "application/fhir+json", large))
        .startsWith("HTTP/1.1 413")
        .contains("OperationOutcome");
    assertThat(chunked("/fhir/Patient", "application/fhir+json", large))
        .startsWith("HTTP/1.1 413")
        .contains("OperationOutcome");
    assertThat(post("/oauth2/echo", "application/octet-stream", " ".repeat(1_000_001)))
        .startsWith("HTTP/1.1 413");
    assertThat(chunked("/oauth2/echo", "application/octet-stream", " ".repeat(1_000_001)))
        .startsWith("HTTP/1.1 413");
  }

  @Test
  void refusesABodyThatIsNestedTooDeep() throws Exception {
    assertThat(post("/fhir/Patient", "application/fhir+json", nested(40)))
        .startsWith("HTTP/1.1 201");
    assertThat(post("/fhir/Patient", "application/fhir+json", nested(60)))
        .startsWith("HTTP/1.1 400")
        .contains("nested deeper");
    assertThat(chunked("/fhir/Patient", "application/fhir+json", "[".repeat(90_000)))
        .startsWith("HTTP/1.1 400");
    String xml =
        "<Patient xmlns=\"http://hl7.org/fhir\">" + "<extension url=\"u\">".repeat(LIMIT / 25);
    assertThat(post("/fhir/Patient", "application/fhir+xml", xml))
        .startsWith("HTTP/1.1 400")
        .contains("nested deeper");
    assertThat(post("/oauth2/echo", "application/json", "[".repeat(101)))
        .startsWith("HTTP/1.1 400");
  }

  @Test
  void refusesCompressedBodies() throws Exception {
    String answer =
        SmallServer.raw(
            server.port(),
            head("POST", "/fhir/Patient", "application/fhir+json")
                + "Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n",
            new byte[] {0x1f, (byte) 0x8b});

    assertThat(answer).startsWith("HTTP/1.1 415");
  }

  @Test
  void refusesMethodsThatNobodyNeeds() throws Exception {
    for (String method : new String[] {"TRACE", "CONNECT", "PROPFIND", "get", "FOO"}) {
      for (String path : new String[] {"/fhir/Patient", "/oauth2/page"}) {
        String answer = SmallServer.raw(server.port(), head(method, path, "text/plain") + "\r\n");

        assertThat(answer).as(method + path).matches("(?s)HTTP/1.1 (400|405|501) .*");
        assertThat(answer).as(method + path).doesNotContain("Host: 127", "Tomcat", "\tat ");
      }
    }
  }

  @Test
  void refusesAUrlThatIsTooLong() throws Exception {
    assertThat(get("/fhir/Patient?_id=" + "a".repeat(RequestLimits.LONGEST_URL)))
        .startsWith("HTTP/1.1 414");
    assertThat(get("/oauth2/page?" + "a".repeat(5_000))).startsWith("HTTP/1.1 200");
    assertThat(get("/oauth2/page?" + "a".repeat(40_000))).startsWith("HTTP/1.1 400");
    assertThat(get("/oauth2/page", "X-Long: " + "a".repeat(40_000))).startsWith("HTTP/1.1 400");
  }

  @Test
  void refusesHeadersThatBreakLines() throws Exception {
    assertThat(get("/oauth2/page", "X-A: a\rX-B: b")).startsWith("HTTP/1.1 400");
    assertThat(get("/oauth2/page", "X-A : a")).startsWith("HTTP/1.1 400");
    assertThat(get("/oauth2/page%0d%0aX-Injected:%20yes")).doesNotContain("\nX-Injected");
  }

  /** Two lengths, or a length and chunks: two servers on the way would see two requests. */
  @Test
  void refusesABodyOfTwoLengths() throws Exception {
    String head = head("POST", "/oauth2/echo", "application/octet-stream");

    assertThat(
            SmallServer.raw(
                server.port(), head + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n12"))
        .startsWith("HTTP/1.1 400");
    assertThat(
            SmallServer.raw(
                server.port(),
                head
                    + "Content-Length: 5\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n"))
        .matches("(?s)HTTP/1.1 (400|501) .*");
  }

  @Test
  void answersMetricsToThisMachineOnly() throws Exception {
    assertThat(get("/actuator/prometheus")).startsWith("HTTP/1.1 200");
    assertThat(get("/actuator/prometheus", "X-Forwarded-For: 192.0.2.1"))
        .startsWith("HTTP/1.1 404");
    assertThat(get("/actuator/prometheus", "Forwarded: for=192.0.2.1")).startsWith("HTTP/1.1 404");
    assertThat(get("/actuator/health/liveness", "X-Forwarded-For: 192.0.2.1"))
        .startsWith("HTTP/1.1 200");
  }
}
