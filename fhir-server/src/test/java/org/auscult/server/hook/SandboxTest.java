package org.auscult.server.hook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.sql.DataSource;
import org.auscult.prediction.CallerIdentity;
import org.auscult.prediction.JournalJson;
import org.auscult.server.ServerTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The public CDS Hooks sandbox is a browser page of another origin: what it asks for, as it asks.
 *
 * <p>Its key is one of the test: it signs each request anew, as the page does.
 *
 * <p>Checklist: 1. Safety: 27.
 */
class SandboxTest extends ServerTest {
  private static final String ORIGIN = "https://sandbox.cds-hooks.org";
  private static final Path FIXTURES =
      Path.of("..", "cds-services", "src", "test", "resources", "fixtures");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern TOKEN = Pattern.compile("\\{\\{(.*?)}}");

  @Autowired private DataSource database;

  private final HttpClient http = HttpClient.newHttpClient();

  /** Checklist: 56. */
  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "GET, /cds-services, authorization",
    "POST, /cds-services/cvd-risk, 'authorization,content-type'",
    "POST, /cds-services/cvd-risk/feedback, 'authorization,content-type'",
    "GET, /ehr/north/cds-services, authorization",
    "POST, /ehr/north/cds-services/cvd-risk, 'authorization,content-type'",
    "POST, /ehr/north/cds-services/cvd-risk/feedback, 'authorization,content-type'"
  })
  void aPreflightAllowsTheTokenOnAllThree(String method, String path, String headers)
      throws Exception {
    HttpResponse<String> answer =
        http.send(
            request(path)
                .header("Access-Control-Request-Method", method)
                .header("Access-Control-Request-Headers", headers)
                .method("OPTIONS", BodyPublishers.noBody())
                .build(),
            BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
    assertThat(answer.headers().firstValue("Access-Control-Allow-Methods").orElse(""))
        .contains(method);
    assertThat(answer.headers().firstValue("Access-Control-Allow-Headers").orElse(""))
        .isEqualToIgnoringWhitespace(headers.replace(",", ", "));
  }

  /** Checklist: 3, 4, 5, 6, 7, 14, 57, 58. */
  @Test
  void discoveryIsReadCrossOriginAndEachQueryCanBeFilled() throws Exception {
    HttpResponse<String> answer = get("/cds-services");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    JsonNode service = service(answer, "cvd-risk");
    assertThat(service.path("hook").asText()).isEqualTo("patient-view");
    assertThat(service.path("hookVersion").asText()).isEqualTo("1.0");
    assertThat(service.path("version").asText()).isEqualTo("1.0.0");
    assertThat(service.path("title").asText()).isNotBlank();
    assertThat(service.path("description").asText()).isNotBlank();
    assertThat(service.path("prefetch")).isNotEmpty();
    for (JsonNode template : service.path("prefetch")) {
      assertThat(TOKEN.matcher(template.asText()).results().map(m -> m.group(1)))
          .containsOnly("context.patientId");
    }
  }

  /** Checklist: 10, 23, 25, 26, 28, 29, 30, 31, 34, 40, 41, 45, 46, 49, 54, 60. */
  @Test
  void aPatientIsOpenedTheCardReadAndDismissedWithAReason() throws Exception {
    ObjectNode request = recent("sandbox/patient-view");

    HttpResponse<String> answer = post("/cds-services/cvd-risk", request.toString());

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
    JsonNode cards = JSON.readTree(answer.body()).path("cards");
    assertThat(cards).hasSize(1);
    JsonNode card = cards.get(0);
    assertThat(card.path("summary").asText())
        .isEqualTo("10-year risk of cardiovascular disease 14.7 % (PREVENT 2023)");
    assertThat(card.path("indicator").asText()).isEqualTo("warning");
    assertThat(card.at("/source/icon").asText())
        .isEqualTo("https://hooks.example.org/auscult/icon.png");
    assertThat(URI.create(card.at("/source/url").asText()).isAbsolute()).isTrue();
    JsonNode reason = card.at("/overrideReasons/0");
    assertThat(reason.path("display").asText()).isNotBlank();

    String feedback =
        Files.readString(FIXTURES.resolve("sandbox/feedback-reason.json"))
            .replace("CARD", card.path("uuid").asText())
            .replace("REASON", reason.path("code").asText())
            .replace("SYSTEM", reason.path("system").asText());
    for (int i = 0; i < 2; i++) {
      HttpResponse<String> taken = post("/cds-services/cvd-risk/feedback", feedback);
      assertThat(taken.statusCode()).as(taken.body()).isEqualTo(200);
      assertThat(taken.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
    }
    assertThat(feedbackOf(card)).isEqualTo(1);
    assertThat(callerOf(request))
        .isNotNull()
        .satisfies(
            caller -> {
              assertThat(caller.client()).isEqualTo("sandbox");
              assertThat(caller.issuer()).isEqualTo(ORIGIN);
            });
    assertThat(post("/cds-services/cvd-risk", request.toString()).body()).isEqualTo(answer.body());
  }

  /** It fills what discovery asks for, and drafts metformin. Checklist: 13, 14. Safety: 13. */
  @ParameterizedTest
  @ValueSource(strings = {"order-select", "order-sign"})
  void anOrderIsChecked(String hook) throws Exception {
    ObjectNode request = recent("sandbox/" + hook);
    ((ObjectNode) request.at("/prefetch/observation/entry/4/resource/valueQuantity"))
        .put("value", 25);
    fill(request, service(get("/cds-services"), "kidney-order-check"));

    HttpResponse<String> answer = post("/cds-services/kidney-order-check", request.toString());

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode cards = JSON.readTree(answer.body()).path("cards");
    assertThat(cards).hasSize(1);
    assertThat(cards.get(0).path("summary").asText())
        .startsWith("metformin: avoid, eGFR 25 mL/min/1.73 m²");
    assertThat(cards.get(0).path("indicator").asText()).isEqualTo("critical");
    assertThat(cards.get(0).path("detail").asText()).contains("metformin hydrochloride 1000 MG");
  }

  /** Answers each template with those resources of the fixture that are of its type. */
  private static void fill(ObjectNode request, JsonNode service) {
    JsonNode had = request.path("prefetch").deepCopy();
    ObjectNode filled = request.putObject("prefetch");
    service
        .path("prefetch")
        .fields()
        .forEachRemaining(
            template -> {
              String type = template.getValue().asText().split("[/?]")[0];
              if (type.equals("Patient")) {
                filled.set(template.getKey(), had.path("patient"));
                return;
              }
              ObjectNode bundle = filled.putObject(template.getKey());
              bundle.put("resourceType", "Bundle").put("type", "searchset").putArray("entry");
              for (JsonNode answer : had) {
                for (JsonNode entry : answer.path("entry")) {
                  if (entry.at("/resource/resourceType").asText().equals(type)) {
                    bundle.withArray("entry").add(entry);
                  }
                }
              }
            });
  }

  /** Checklist: 19, 60. */
  @Test
  void anErrorIsReadableCrossOriginToo() throws Exception {
    HttpResponse<String> answer =
        post("/cds-services/cvd-risk", recent("sandbox/patient-view-failed-prefetch").toString());

    assertThat(answer.statusCode()).isEqualTo(412);
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
    JsonNode outcome = JSON.readTree(answer.body());
    assertThat(outcome.path("resourceType").asText()).isEqualTo("OperationOutcome");
    assertThat(outcome.at("/issue/0/diagnostics").asText()).contains("observation");
  }

  /** Checklist: 3, 4, 13. */
  @Test
  void aConfiguredClientHasItsOwnDiscoveryAndAnswer() throws Exception {
    HttpResponse<String> discovery =
        http.send(ofNorth("/ehr/north/cds-services").build(), BodyHandlers.ofString());
    JsonNode service = service(discovery, "cvd-risk");
    assertThat(service.path("prefetch").has("observation-2")).isTrue();
    for (JsonNode template : service.path("prefetch")) {
      assertThat(template.asText()).doesNotContain(",");
    }
    for (JsonNode offered : JSON.readTree(discovery.body()).path("services")) {
      assertThat(offered.path("hook").asText()).isEqualTo("patient-view");
    }

    ObjectNode request = recent("sandbox/patient-view");
    request.put("fhirServer", "https://north.example.org/fhir");
    JsonNode card =
        JSON.readTree(post(ofNorth("/cds-services/cvd-risk"), request.toString()).body())
            .path("cards")
            .get(0);
    assertThat(card.path("detail").asText()).doesNotContain("**").contains("14.7 %");
    assertThat(card.has("overrideReasons")).isFalse();
    request.put("hookInstance", UUID.randomUUID().toString());
    String own = "/ehr/north/cds-services/cvd-risk";
    assertThat(post(ofNorth(own), request.toString()).statusCode())
        .as("its own discovery asks for parts")
        .isEqualTo(412);
    assertThat(get("/ehr/south/cds-services").statusCode()).isEqualTo(404);
    assertThat(post("/cds-services/cvd-risk", request.toString()).statusCode())
        .as("the sandbox's token, and north's FHIR server")
        .isEqualTo(403);
  }

  /** Checklist: 31. */
  @Test
  void theIconIsServed() throws Exception {
    HttpResponse<byte[]> icon = http.send(request("/icon.png").build(), BodyHandlers.ofByteArray());

    assertThat(icon.statusCode()).isEqualTo(200);
    assertThat(icon.headers().firstValue("Content-Type")).hasValue("image/png");
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(icon.body()));
    assertThat(image.getWidth()).isEqualTo(100);
    assertThat(image.getHeight()).isEqualTo(100);
  }

  /** Checklist: 30. */
  @Test
  void theHostHeaderIsNeverBelieved() throws Exception {
    ObjectNode request = recent("sandbox/patient-view");
    byte[] body = request.toString().getBytes(StandardCharsets.UTF_8);
    String head =
        "POST /cds-services/cvd-risk HTTP/1.1\r\nHost: evil.example.org\r\n"
            + "X-Forwarded-Host: evil.example.org\r\nForwarded: host=evil.example.org\r\n"
            + "Authorization: Bearer "
            + SANDBOX.token(OUR_HOOKS + "/cds-services/cvd-risk", Instant.now())
            + "\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
            + body.length
            + "\r\n\r\n";

    String answer;
    try (Socket socket = new Socket("127.0.0.1", port)) {
      OutputStream out = socket.getOutputStream();
      out.write(head.getBytes(StandardCharsets.US_ASCII));
      out.write(body);
      out.flush();
      answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    assertThat(answer).startsWith("HTTP/1.1 200").contains("14.7 %").doesNotContain("evil");
  }

  private @Nullable CallerIdentity callerOf(JsonNode request) {
    String entry =
        new JdbcTemplate(database)
            .queryForObject(
                "select entry from prediction_journal where instance = ?",
                String.class,
                request.path("hookInstance").asText());
    return JournalJson.read(Objects.requireNonNull(entry)).call().caller().identity();
  }

  private int feedbackOf(JsonNode card) {
    UUID uuid = UUID.fromString(card.path("uuid").asText());
    Integer rows =
        new JdbcTemplate(database)
            .queryForObject(
                "select count(*) from prediction_feedback where card = ?", Integer.class, uuid);
    return rows == null ? 0 : rows;
  }

  private static JsonNode service(HttpResponse<String> discovery, String id) throws IOException {
    for (JsonNode service : JSON.readTree(discovery.body()).path("services")) {
      if (service.path("id").asText().equals(id)) {
        return service;
      }
    }
    throw new AssertionError(id + " is not offered: " + discovery.body());
  }

  /**
   * A fixture with its dates so moved that the patient is 50 years old today, seen by a user who
   * has not seen that card before, in a call of its own.
   */
  private static ObjectNode recent(String name) throws IOException {
    LocalDate today = LocalDate.now();
    String text = Files.readString(FIXTURES.resolve(name + ".json"));
    ObjectNode request =
        (ObjectNode)
            JSON.readTree(
                text.replace("1974-03-01", today.minusYears(50).minusMonths(3).toString())
                    .replace("2024-05-03", today.minusDays(29).toString())
                    .replace("2024-02-01", today.minusDays(121).toString())
                    .replace("2024-01-05", today.minusDays(148).toString()));
    request.put("hookInstance", UUID.randomUUID().toString());
    ((ObjectNode) request.path("context")).put("userId", "Practitioner/" + UUID.randomUUID());
    return request;
  }

  private HttpRequest.Builder request(String path) {
    return unsigned(path)
        .header("Authorization", "Bearer " + SANDBOX.token(OUR_HOOKS + path, Instant.now()));
  }

  private HttpRequest.Builder ofNorth(String path) {
    return unsigned(path)
        .header("Authorization", "Bearer " + NORTH.token(OUR_HOOKS + path, Instant.now()));
  }

  private HttpRequest.Builder unsigned(String path) {
    return HttpRequest.newBuilder(URI.create(rootUrl() + path))
        .header("Origin", ORIGIN)
        .header("Accept", "application/json");
  }

  private HttpResponse<String> get(String path) throws Exception {
    return http.send(request(path).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return post(request(path), body);
  }

  private HttpResponse<String> post(HttpRequest.Builder request, String body) throws Exception {
    return http.send(
        request
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }
}
