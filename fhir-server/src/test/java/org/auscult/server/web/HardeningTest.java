package org.auscult.server.web;

import static java.time.Instant.now;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.auscult.server.ServerTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attacks on the whole server that need no identity, by whoever has one. */
class HardeningTest extends ServerTest {
  private static final String SECRET = "the words of a file";

  @TempDir Path folder = Path.of("");

  /** With the token that the path wants: an attack must fail behind the door too. */
  private String get(String path, String... headers) throws Exception {
    return SmallServer.raw(port, head("GET", path, headers) + known(path) + "\r\n");
  }

  private String nobodyGets(String path) throws Exception {
    return SmallServer.raw(port, head("GET", path) + "\r\n");
  }

  private String known(String path) {
    String token =
        path.startsWith("/fhir") ? caller().accessToken() : WARD.token(OUR_HOOKS + path, now());
    return "Authorization: Bearer " + token + "\r\n";
  }

  private String post(String path, String type, String body) throws Exception {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return SmallServer.raw(
        port,
        head("POST", path, "Content-Type: " + type, "Content-Length: " + bytes.length)
            + known(path)
            + "\r\n",
        bytes);
  }

  private static String head(String method, String path, String... headers) {
    StringBuilder head =
        new StringBuilder(method + " " + path + " HTTP/1.1\r\nConnection: close\r\n");
    if (List.of(headers).stream().noneMatch(h -> h.startsWith("Host:"))) {
      head.append("Host: 127.0.0.1\r\n");
    }
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    return head.toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/fhir/metadata",
        "/fhir/Patient",
        "/fhir/Patient/none",
        "/cds-services",
        "/cds-services/none",
        "/ehr/none/cds-services",
        "/actuator/health",
        "/none"
      })
  void everyAnswerHasTheHeadersOfSafetyAndTellsNoVersion(String path) throws Exception {
    for (String answer : List.of(get(path), nobodyGets(path))) {
      assertThat(answer)
          .contains(
              "X-Content-Type-Options: nosniff",
              "Referrer-Policy: no-referrer",
              "frame-ancestors 'none'",
              "Cache-Control: no-store")
          .doesNotContain("X-Powered-By", "Server:", "Tomcat");
    }
  }

  @Test
  void aBrokenQueryIsTheClientsFault() throws Exception {
    for (String path : List.of("/fhir/Patient?name=%zz", "/fhir/metadata?x=%", "/login?a=%4")) {
      assertThat(get(path)).as(path).startsWith("HTTP/1.1 400");
    }
  }

  @Test
  void aWrongNumberOfRetriesIsTheClientsFault() throws Exception {
    for (String retry : List.of("retry; max-retries=x", "retry; max-retries=999999999", "x")) {
      assertThat(get("/fhir/metadata", "X-Retry-On-Version-Conflict: " + retry))
          .as(retry)
          .startsWith("HTTP/1.1 400");
    }
    assertThat(get("/fhir/metadata", "X-Retry-On-Version-Conflict: retry; max-retries=3"))
        .startsWith("HTTP/1.1 200");
  }

  @Test
  void thePageOfErrorsCannotBeAskedFor() throws Exception {
    assertThat(get("/error")).startsWith("HTTP/1.1 404");
  }

  @Test
  void theIconMayBeKept() throws Exception {
    assertThat(get("/icon.png")).contains("max-age=86400").doesNotContain("no-store");
  }

  @Test
  void linksLeadNowhereThatTheRequestChooses() throws Exception {
    String evil = "evil.example.org";

    for (String path : List.of("/fhir/Patient?_count=1", "/fhir/metadata", "/fhir/Patient/none")) {
      assertThat(
              get(
                  path,
                  "Host: " + evil,
                  "X-Forwarded-Host: " + evil,
                  "X-Forwarded-Proto: https",
                  "Forwarded: host=" + evil))
          .doesNotContain(evil);
    }
    assertThat(get("/fhir/Patient?_count=1", "Host: " + evil))
        .contains("http://127.0.0.1:" + port + "/fhir");
  }

  @Test
  void xmlOpensNoFile() throws Exception {
    Path file = Files.writeString(folder.resolve("secret.txt"), SECRET);
    String patient =
        "<?xml version=\"1.0\"?><!DOCTYPE p [<!ENTITY x SYSTEM \""
            + file.toUri()
            + "\">]><Patient xmlns=\"http://hl7.org/fhir\"><name><family value=\"&x;\"/></name>"
            + "</Patient>";

    for (String path : List.of("/fhir/Patient", "/fhir", "/fhir/Patient/$validate")) {
      assertThat(post(path, "application/fhir+xml", patient))
          .startsWith("HTTP/1.1 4")
          .doesNotContain(SECRET);
    }
  }

  @Test
  void xmlDoesNotGrow() throws Exception {
    StringBuilder entities = new StringBuilder("<!ENTITY a0 \"aaaaaaaaaa\">");
    for (int i = 1; i < 12; i++) {
      entities
          .append("<!ENTITY a")
          .append(i)
          .append(" \"")
          .append(("&a" + (i - 1) + ";").repeat(10))
          .append("\">");
    }
    long began = System.nanoTime();

    String answer =
        post(
            "/fhir/Patient",
            "application/fhir+xml",
            "<!DOCTYPE p ["
                + entities
                + "]><Patient xmlns=\"http://hl7.org/fhir\"><name><family value=\"&a11;\"/></name>"
                + "</Patient>");

    assertThat(answer).startsWith("HTTP/1.1 4");
    assertThat(System.nanoTime() - began).isLessThan(30_000_000_000L);
  }

  @Test
  void jsonThatIsTooDeepIsRefused() throws Exception {
    assertThat(post("/fhir/Patient", "application/fhir+json", "[".repeat(200_000)))
        .startsWith("HTTP/1.1 400")
        .contains("OperationOutcome", "nested deeper");
    String deep =
        "{\"resourceType\":\"Patient\",\"extension\":"
            + "[{\"url\":\"u\",\"extension\":".repeat(500)
            + "[]"
            + "}]".repeat(500)
            + "}";
    assertThat(post("/fhir/Patient", "application/fhir+json", deep)).startsWith("HTTP/1.1 400");
    assertThat(post("/cds-services/cvd-risk", "application/json", "[".repeat(200_000)))
        .startsWith("HTTP/1.1 400");
  }

  @Test
  void aBodyThatSaysItIsTooLargeIsNotRead() throws Exception {
    assertThat(
            SmallServer.raw(
                port,
                head(
                        "POST",
                        "/fhir",
                        "Content-Type: application/fhir+json",
                        "Content-Length: 3000000000")
                    + "\r\n"))
        .startsWith("HTTP/1.1 413")
        .contains("OperationOutcome");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../../../../etc/passwd",
        "/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "/..%2f..%2f..%2fetc/passwd",
        "/..%5c..%5c..%5cetc/passwd",
        "/icon.png/../../../../etc/passwd",
        "/;/../etc/passwd",
        "/fhir/..;/actuator/env",
        "/fhir/Binary/..%2f..%2fetc%2fpasswd",
        "/application.properties",
        "/META-INF/MANIFEST.MF",
        "/webjars/swagger-ui/index.html",
        "/swagger-ui.html",
        "/v3/api-docs",
        "/h2-console",
        "/actuator",
        "/actuator/env",
        "/actuator/heapdump",
        "/fhir/%00",
        "/fhir/Patient/%0d%0aX-Injected:%20yes"
      })
  void noPathLeadsToWhatIsNotServed(String path) throws Exception {
    String answer = get(path);

    assertThat(answer).matches("(?s)HTTP/1.1 4\\d\\d.*");
    assertThat(answer).doesNotContain("root:", "\nX-Injected", "spring.", "Manifest-Version");
  }

  @Test
  void traceIsRefused() throws Exception {
    assertThat(SmallServer.raw(port, head("TRACE", "/fhir/metadata", "X-Secret: x") + "\r\n"))
        .startsWith("HTTP/1.1 405")
        .doesNotContain("X-Secret");
  }
}
