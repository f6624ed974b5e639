package org.auscult.server.caller;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.auscult.audit.AuditEntry;
import org.auscult.audit.AuditKind;
import org.auscult.audit.AuditLeaf;
import org.auscult.server.ServerTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Callers of the running server, honest and not.
 *
 * <p>Safety: 27.
 */
@ExtendWith(OutputCaptureExtension.class)
class CallersOverHttpTest extends ServerTest {
  private static final String PAGE = "https://page.example.org";
  private static final String SERVICES = "/ehr/guarded/cds-services";
  private static final String SERVICE = SERVICES + "/cvd-risk";
  private static final String FEEDBACK = SERVICE + "/feedback";
  private static final ObjectMapper JSON = new ObjectMapper();

  @Autowired private MeterRegistry metrics;
  @Autowired private DataSource database;

  private final HttpClient http = HttpClient.newHttpClient();

  private HttpResponse<String> send(String path, @Nullable String authorization) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(rootUrl() + path))
            .header("Origin", path.startsWith("/ehr/hasty") ? HASTY.issuer() : PAGE);
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    if (!path.endsWith("/cds-services")) {
      request
          .header("Content-Type", "application/json")
          .POST(BodyPublishers.ofString("{\"feedback\":[]}"));
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> signed(Ehr ehr, String path) throws Exception {
    return send(path, "Bearer " + ehr.token(OUR_HOOKS + path, Instant.now()));
  }

  private static void assertRefused(HttpResponse<String> answer, int status) throws Exception {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    JsonNode outcome = JSON.readTree(answer.body());
    assertThat(outcome.path("resourceType").asText()).isEqualTo("OperationOutcome");
    assertThat(outcome.at("/issue/0/diagnostics").asText()).isNotBlank();
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
    assertThat(answer.headers().firstValue("Access-Control-Expose-Headers").orElse(""))
        .contains("WWW-Authenticate", "Retry-After");
    assertThat(answer.headers().firstValue("WWW-Authenticate").isPresent()).isTrue();
  }

  /** Checklist: 46. Governance: 11.10(h). */
  @ParameterizedTest
  @ValueSource(strings = {SERVICES, SERVICE, FEEDBACK})
  @DisplayName("46: each endpoint wants a token, and takes a right one")
  void eachEndpoint(String path) throws Exception {
    HttpResponse<String> nobody = send(path, null);
    assertRefused(nobody, 401);
    assertThat(nobody.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");

    HttpResponse<String> known = signed(GUARDED, path);
    assertThat(known.statusCode()).as(known.body()).isEqualTo(path.equals(SERVICES) ? 200 : 400);
  }

  /** Checklist: 49. */
  @Test
  @DisplayName("49: a token counts once")
  void replay() throws Exception {
    String token = "Bearer " + GUARDED.token(OUR_HOOKS + SERVICES, Instant.now());
    double before = replayed();

    assertThat(send(SERVICES, token).statusCode()).isEqualTo(200);
    HttpResponse<String> again = send(SERVICES, token);

    assertRefused(again, 401);
    assertThat(again.headers().firstValue("WWW-Authenticate"))
        .hasValue("Bearer error=\"invalid_token\"");
    assertThat(again.body()).contains("jti");
    assertThat(replayed()).isEqualTo(before + 1);
  }

  private double replayed() {
    return metrics.counter("auscult_callers_refused", "reason", "REPLAYED").count();
  }

  /** Checklist: 48. */
  @Test
  @DisplayName("48: a token for another endpoint is refused")
  void audienceSwap() throws Exception {
    for (String other : List.of(SERVICES, FEEDBACK, "/cds-services/cvd-risk", SERVICES + "/x")) {
      String token = GUARDED.token(OUR_HOOKS + other, Instant.now());
      assertRefused(send(SERVICE, "Bearer " + token), 401);
    }
    String forLoopback = GUARDED.token(rootUrl() + SERVICE, Instant.now());
    assertRefused(send(SERVICE, "Bearer " + forLoopback), 401);
  }

  /** Checklist: 48. */
  @Test
  @DisplayName("48: the Host header says nothing of who is meant")
  void theHostIsNeverBelieved() throws Exception {
    String forEvil = GUARDED.token("http://evil.example.org" + SERVICES, Instant.now());
    String forUs = GUARDED.token(OUR_HOOKS + SERVICES, Instant.now());
    String evil = "Host: evil.example.org\r\nX-Forwarded-Host: evil.example.org\r\n";

    assertThat(raw(evil + "Authorization: Bearer " + forEvil)).startsWith("HTTP/1.1 401");
    assertThat(raw(evil + "Authorization: Bearer " + forUs)).startsWith("HTTP/1.1 200");
  }

  /** Checklist: 46. */
  @Test
  @DisplayName("46: two tokens, a control character and an oversized token are refused")
  void headerGames() throws Exception {
    String right = GUARDED.token(OUR_HOOKS + SERVICES, Instant.now());
    String host = "Host: x\r\n";

    assertThat(raw(host + "Authorization: Bearer " + right + "\r\nAuthorization: Bearer " + right))
        .startsWith("HTTP/1.1 401");
    assertThat(raw(host + "Authorization: Bearer " + right + "\u0000")).startsWith("HTTP/1.1 4");
    assertThat(raw(host + "Authorization: Bearer " + "a".repeat(20_000))).startsWith("HTTP/1.1 4");
    assertThat(raw(host + "Authorization: Bearer " + "a".repeat(7_000) + ".b.c"))
        .startsWith("HTTP/1.1 401");
    assertThat(raw(host + "Authorization: Bearer " + right)).startsWith("HTTP/1.1 200");
  }

  private String raw(String headers) throws Exception {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      OutputStream out = socket.getOutputStream();
      String request =
          "GET " + SERVICES + " HTTP/1.1\r\n" + headers + "\r\nConnection: close\r\n\r\n";
      out.write(request.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Checklist: 50. */
  @Test
  @DisplayName("50: another client's token is 403 here, a stranger's 401")
  void others() throws Exception {
    HttpResponse<String> another = signed(SANDBOX, SERVICE);
    assertRefused(another, 403);
    assertThat(another.headers().firstValue("WWW-Authenticate"))
        .hasValue("Bearer error=\"insufficient_scope\"");
    assertRefused(signed(Ehr.signing("https://stranger.example.org"), SERVICE), 401);
    assertRefused(signed(Ehr.signing(GUARDED.issuer()), SERVICE), 401);
    assertThat(signed(GUARDED, "/cds-services").statusCode())
        .as("the plain path is for all that are registered")
        .isEqualTo(200);
  }

  /** Checklist: 46. */
  @Test
  @DisplayName("46: where a token is optional, none is needed and a wrong one is refused")
  void optional() throws Exception {
    String path = "/ehr/lenient/cds-services";
    assertThat(send(path, null).statusCode()).isEqualTo(200);
    assertRefused(send(path, "Bearer eyJhbGciOiJFUzM4NCJ9.e30.made-up"), 401);
    assertRefused(send(path, "Basic dXNlcjpwYXNz"), 401);
  }

  /** Checklist: 22. */
  @Test
  @DisplayName("22: a refusal is told to the log and to the caller without the token")
  void noTokenInLogOrAnswer(CapturedOutput output) throws Exception {
    String token = SANDBOX.token(OUR_HOOKS + SERVICE, Instant.now());

    HttpResponse<String> answer = send(SERVICE, "Bearer " + token);

    assertRefused(answer, 403);
    assertThat(output).contains("client sandbox at the path of guarded was refused: NOT_ALLOWED");
    for (String part : token.split("\\.")) {
      assertThat(output.toString()).doesNotContain(part);
      assertThat(answer.body()).doesNotContain(part);
    }
  }

  /** Checklist: 46. Governance: 6. */
  @Test
  @DisplayName("46: who called, and each refusal with its reason, stands in the audit log")
  void inTheAuditLog() throws Exception {
    String admitted = UUID.randomUUID().toString();
    String refused = UUID.randomUUID().toString();
    String forbidden = UUID.randomUUID().toString();
    call(admitted, GUARDED.token(OUR_HOOKS + SERVICE, Instant.now(), c -> c.jwtID(admitted)));
    call(refused, GUARDED.token(OUR_HOOKS + FEEDBACK, Instant.now()));
    call(forbidden, SANDBOX.token(OUR_HOOKS + SERVICE, Instant.now()));
    String stranger = UUID.randomUUID().toString();
    http.send(
        request(
                SERVICES,
                stranger,
                Ehr.signing("https://stranger.example.org")
                    .token(OUR_HOOKS + SERVICES, Instant.now()))
            .GET()
            .build(),
        BodyHandlers.discarding());

    AuditEntry known = leaf(e -> e.request().equals(admitted));
    assertThat(known.agent().client()).isEqualTo("guarded");
    assertThat(known.agent().issuer()).isEqualTo(GUARDED.issuer());
    assertThat(known.agent().roles()).isEmpty();
    assertThat(known.details()).containsEntry("token", admitted);
    AuditEntry unknown = leaf(e -> e.request().equals(refused));
    assertThat(unknown.kind()).isEqualTo(AuditKind.CALLER_REFUSED);
    assertThat(unknown.reason()).isEqualTo("caller-audience");
    assertThat(unknown.agent().issuer()).isNull();
    AuditEntry denied = leaf(e -> e.request().equals(forbidden));
    assertThat(denied.kind()).isEqualTo(AuditKind.ACCESS_DENIED);
    assertThat(denied.reason()).isEqualTo("caller-not-allowed");
    AuditEntry discovery = leaf(e -> e.request().equals(stranger));
    assertThat(discovery.operation()).isEqualTo("discovery");
    assertThat(discovery.kind()).isEqualTo(AuditKind.CALLER_REFUSED);
    assertThat(discovery.reason()).isEqualTo("caller-unknown-issuer");
    assertThat(discovery.agent().address()).isEqualTo("127.0.0.1");
  }

  private void call(String id, String token) throws Exception {
    http.send(
        request(SERVICE, id, token)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{}"))
            .build(),
        BodyHandlers.discarding());
  }

  private HttpRequest.Builder request(String path, String id, String token) {
    return HttpRequest.newBuilder(URI.create(rootUrl() + path))
        .header("X-Request-ID", id)
        .header("Authorization", "Bearer " + token);
  }

  /** The last leaf of this kind, once the sequencer has put it in order. */
  private AuditEntry leaf(Predicate<AuditEntry> wanted) throws InterruptedException {
    for (int i = 0; i < 300; i++) {
      List<AuditEntry> found =
          new JdbcTemplate(database)
                  .query(
                      "select leaf from audit_log order by idx desc limit 500",
                      (row, n) -> AuditLeaf.read(row.getBytes(1)).entry())
                  .stream()
                  .filter(wanted)
                  .toList();
      if (!found.isEmpty()) {
        return found.get(0);
      }
      Thread.sleep(100);
    }
    throw new AssertionError("no such leaf");
  }

  @Test
  @DisplayName("calls beyond the agreed rate are 429, with the time to wait")
  void tooOften() throws Exception {
    String path = "/ehr/hasty/cds-services";
    List<String> tokens = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      tokens.add("Bearer " + HASTY.token(OUR_HOOKS + path, Instant.now()));
    }
    List<HttpResponse<String>> limited = new ArrayList<>();
    for (int i = 0; i < tokens.size() && limited.isEmpty(); i++) {
      HttpResponse<String> answer = send(path, tokens.get(i));
      assertThat(answer.statusCode()).isIn(200, 429);
      if (answer.statusCode() == 429) {
        limited.add(answer);
      }
    }

    assertThat(limited).hasSize(1);
    assertThat(limited.get(0).headers().firstValue("Retry-After")).hasValue("1");
    assertThat(JSON.readTree(limited.get(0).body()).at("/issue/0/code").asText())
        .isEqualTo("throttled");
  }

  /** Checklist: 56. */
  @Test
  @DisplayName("56: a preflight allows the token, and only the origins that a client has set")
  void origins() throws Exception {
    assertThat(preflight(SERVICE, PAGE).statusCode()).isEqualTo(200);
    HttpResponse<String> own = preflight("/ehr/hasty/cds-services/x/feedback", HASTY.issuer());
    assertThat(own.statusCode()).isEqualTo(200);
    assertThat(own.headers().firstValue("Access-Control-Allow-Origin")).hasValue(HASTY.issuer());
    for (String path : List.of("", "/x", "/x/feedback")) {
      HttpResponse<String> other = preflight("/ehr/hasty/cds-services" + path, PAGE);
      assertThat(other.statusCode()).isEqualTo(403);
      assertThat(other.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }
  }

  private HttpResponse<String> preflight(String path, String origin) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(rootUrl() + path))
            .header("Origin", origin)
            .header("Access-Control-Request-Method", "POST")
            .header("Access-Control-Request-Headers", "authorization,content-type")
            .method("OPTIONS", BodyPublishers.noBody())
            .build(),
        BodyHandlers.ofString());
  }
}
