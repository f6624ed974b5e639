package org.auscult.cds.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.Transparency;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.auscult.cds.CvdRisk;
import org.auscult.cds.FixedDeployments;
import org.auscult.cds.caller.CallerRecord;
import org.auscult.cds.client.CallerVerdict;
import org.auscult.cds.client.CallerVerdict.Reason;
import org.auscult.cds.client.CallerVerifier;
import org.auscult.cds.client.CallerVerifier.Attempt;
import org.auscult.cds.client.CallerVerifier.Endpoint;
import org.auscult.cds.client.CardParts;
import org.auscult.cds.client.ClientProfile;
import org.auscult.cds.client.Clients;
import org.auscult.cds.client.PrefetchRules;
import org.auscult.cds.fhir.PrefetchReader;
import org.auscult.cds.hook.HookEndpoint;
import org.auscult.cds.hook.HookPorts;
import org.auscult.cds.hook.HookSettings;
import org.auscult.cds.hook.UserRoles;
import org.auscult.deployment.Deployment;
import org.auscult.deployment.Hook;
import org.auscult.display.Past;
import org.auscult.feature.FeatureEvaluator;
import org.auscult.order.check.OrderCheckService;
import org.auscult.prediction.Answer;
import org.auscult.prediction.Call;
import org.auscult.prediction.JournalEntry;
import org.auscult.prediction.PredictionJournal;
import org.auscult.prediction.PredictionService;
import org.auscult.prediction.Subject;
import org.auscult.serving.Breaker;
import org.auscult.serving.DeploymentRunner;
import org.auscult.timeline.InMemoryTimeline;
import org.auscult.unit.CodeUnits;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

class CdsHooksControllerTest {
  private static final Clients CLIENTS =
      new Clients(ClientProfile.PLAIN, List.of(client("small", 20_000)));

  private final CdsHooksController controller =
      new CdsHooksController(endpoint(CLIENTS), CallerVerifier.NONE);

  private static ClientProfile client(String id, int bodyLimit) {
    return new ClientProfile(
        id,
        id,
        Set.of(),
        null,
        Set.of(Hook.PATIENT_VIEW),
        PrefetchRules.AS_ASKED,
        CardParts.VERSION_2,
        bodyLimit);
  }

  private static HookEndpoint endpoint(Clients clients, Deployment... deployments) {
    PredictionService predictions =
        new PredictionService(
            model -> Optional.empty(), new FeatureEvaluator(CodeUnits.standard(), ZoneOffset.UTC));
    OrderCheckService orderChecks =
        new OrderCheckService(
            rules -> Optional.empty(),
            predictions,
            new FeatureEvaluator(CodeUnits.standard(), ZoneOffset.UTC));
    return new HookEndpoint(
        new FixedDeployments(List.of(deployments)),
        predictions,
        orderChecks,
        new DeploymentRunner(
            predictions,
            orderChecks,
            Runnable::run,
            new Breaker(1, Duration.ofSeconds(1), Clock.systemUTC())),
        new HookPorts(
            model -> Optional.empty(),
            new InMemoryTimeline(),
            identity -> Optional.empty(),
            new NoJournal(),
            (deployment, rules, call, subject, now) -> Past.NONE,
            CallerRecord.NONE,
            UserRoles.UNKNOWN),
        new PrefetchReader(ZoneOffset.UTC, CodeUnits.standard()),
        new HookSettings(Set.of(), ZoneOffset.UTC, clients),
        Clock.systemUTC());
  }

  private static HttpHeaders type(String type) {
    HttpHeaders headers = new HttpHeaders();
    headers.set(HttpHeaders.CONTENT_TYPE, type);
    return headers;
  }

  private static String text(ResponseEntity<byte[]> response) {
    return new String(Objects.requireNonNull(response.getBody()), StandardCharsets.UTF_8);
  }

  /** Checklist: 1, 3. */
  @Test
  @DisplayName("1, 3: discovery is JSON")
  void discoveryIsJson() {
    ResponseEntity<byte[]> response = controller.discover(new HttpHeaders());

    assertThat(response.getStatusCode().value()).isEqualTo(200);
    assertThat(response.getHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_JSON);
    assertThat(text(response)).isEqualTo("{\"services\":[]}");
  }

  /** Checklist: 1. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/xml",
        "nonsense",
        "multipart/form-data",
        "application/json;charset=ISO-8859-1"
      })
  @DisplayName("1: what is not declared as JSON is 415")
  void otherContentIs415(String type) throws IOException {
    ResponseEntity<byte[]> response =
        controller.call("x", type(type), InputStream.nullInputStream());

    assertThat(response.getStatusCode().value()).isEqualTo(415);
    assertThat(text(response)).contains("OperationOutcome").contains("application/json");
  }

  /** Checklist: 1. */
  @Test
  @DisplayName("1: no content type, or a compressed body, is 415")
  void undeclaredContentIs415() throws IOException {
    HttpHeaders zipped = type("application/json");
    zipped.set(HttpHeaders.CONTENT_ENCODING, "gzip");

    for (HttpHeaders headers : List.of(new HttpHeaders(), zipped)) {
      assertThat(
              controller
                  .feedback("x", headers, InputStream.nullInputStream())
                  .getStatusCode()
                  .value())
          .isEqualTo(415);
    }
  }

  /** Safety: 27. */
  @ParameterizedTest(name = "{0} bytes: {1}")
  @CsvSource({"9999999,404", "10000000,413", "10485760,413", "90000000,413"})
  @DisplayName("rule 27: a body at or over the limit is 413, with advice")
  void tooLargeIs413(int size, int status) throws IOException {
    InputStream body = new ByteArrayInputStream(new byte[size]);
    ResponseEntity<byte[]> response =
        controller.call("x", type("application/json; charset=UTF-8"), body);

    assertThat(response.getStatusCode().value()).isEqualTo(status);
    assertThat(text(response)).contains("OperationOutcome");
  }

  @ParameterizedTest
  @ValueSource(ints = {10_000, 16_383, 16_384, 70_000})
  @DisplayName("a body arrives whole, whatever its length, and no limit is none")
  void aBodyArrivesWhole(int padding) throws IOException {
    Deployment service = CvdRisk.deployment("https://example.org/m|1");
    String item =
        "{'card':'7c0ad5b0-4d5e-4b1b-9c63-2f1f5a3b9e01','outcome':'overridden',"
            + "'outcomeTimestamp':'2024-06-01T12:01:00Z'}";
    String body = ("{'feedback':[" + item + " ".repeat(padding) + "]}").replace('\'', '"');
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    ResponseEntity<byte[]> response =
        new CdsHooksController(
                endpoint(
                    new Clients(client(ClientProfile.PLAIN_ID, bytes.length + 1), List.of()),
                    service),
                CallerVerifier.NONE)
            .feedback(service.service(), type("application/json"), new ByteArrayInputStream(bytes));

    assertThat(text(response)).contains("feedback[0].card");
    assertThat(response.getStatusCode().value()).isEqualTo(404);
    assertThatIllegalArgumentException().isThrownBy(() -> client("none", 0));
  }

  /** Checklist: 3, 8. Safety: 27. */
  @Test
  void eachClientHasItsOwnPath() throws IOException {
    assertThat(text(controller.discover("small", new HttpHeaders())))
        .isEqualTo("{\"services\":[]}");
    assertThat(controller.discover("other", new HttpHeaders()).getStatusCode().value())
        .isEqualTo(404);
    assertThat(text(controller.discover("other", new HttpHeaders()))).contains("OperationOutcome");
    for (String client : List.of("other", ClientProfile.PLAIN_ID)) {
      assertThat(
              text(
                  controller.call(
                      client, "x", type("application/json"), InputStream.nullInputStream())))
          .contains("auscult.clients");
      assertThat(
              controller
                  .feedback(client, "x", type("application/json"), InputStream.nullInputStream())
                  .getStatusCode()
                  .value())
          .isEqualTo(404);
    }
  }

  /** Checklist: 8. Safety: 27. */
  @Test
  void eachClientHasItsOwnLimitAndHearsWhatToSend() throws IOException {
    ResponseEntity<byte[]> refused =
        controller.call(
            "small", "x", type("application/json"), new ByteArrayInputStream(new byte[20_000]));

    assertThat(refused.getStatusCode().value()).isEqualTo(413);
    assertThat(text(refused))
        .contains("less than 20000 bytes")
        .contains("GET /ehr/small/cds-services")
        .contains("fhirServer");
    assertThat(
            controller
                .call(
                    "small",
                    "x",
                    type("application/json"),
                    new ByteArrayInputStream(new byte[19_999]))
                .getStatusCode()
                .value())
        .isEqualTo(404);
  }

  /** Checklist: 66. */
  @ParameterizedTest
  @ValueSource(strings = {"application/fhir+json", "application/json+fhir; charset=utf-8"})
  void jsonOfFhirIsJson(String type) throws IOException {
    int status =
        controller
            .call("x", type(type), new ByteArrayInputStream(new byte[0]))
            .getStatusCode()
            .value();

    assertThat(status).isEqualTo(404);
  }

  /** Checklist: 31. */
  @Test
  void theIconIsAnOpaquePngOfHundredByHundred() throws IOException {
    ResponseEntity<byte[]> response = controller.showIcon();

    assertThat(response.getHeaders().getContentType()).isEqualTo(MediaType.IMAGE_PNG);
    byte[] png = Objects.requireNonNull(response.getBody());
    assertThat(png).startsWith(0x89, 'P', 'N', 'G');
    BufferedImage icon = ImageIO.read(new ByteArrayInputStream(png));
    assertThat(icon.getWidth()).isEqualTo(100);
    assertThat(icon.getHeight()).isEqualTo(100);
    assertThat(icon.getTransparency()).isEqualTo(Transparency.OPAQUE);
  }

  private static InputStream unread() {
    return new InputStream() {
      @Override
      public int read() {
        throw new AssertionError("the body of a refused call was read");
      }
    };
  }

  private static HttpHeaders bearing(String... authorizations) {
    HttpHeaders headers = type("application/json");
    headers.addAll(HttpHeaders.AUTHORIZATION, List.of(authorizations));
    return headers;
  }

  /** Checklist: 46, 48. Safety: 27. */
  @Test
  @DisplayName("46, 48: each endpoint is verified, by its own configured URL, before its body")
  void eachEndpointIsVerified() throws IOException {
    List<Attempt> attempts = new ArrayList<>();
    CdsHooksController guarded =
        new CdsHooksController(
            endpoint(
                new Clients(
                    ClientProfile.PLAIN.reachedAt("https://a.example.org/x/"),
                    List.of(client("small", 20_000).reachedAt("https://b.example.org")))),
            call -> {
              attempts.add(call);
              return new CallerVerdict.Refused(Reason.NO_TOKEN, "Send one.");
            });

    List<ResponseEntity<byte[]>> answers =
        List.of(
            guarded.discover(bearing("Bearer s3cret")),
            guarded.discover("small", new HttpHeaders()),
            guarded.call("cvd-risk", bearing("Bearer s3cret"), unread()),
            guarded.call("small", "cvd-risk", bearing("Bearer s3cret", "Bearer 2"), unread()),
            guarded.feedback("cvd-risk", bearing("Bearer s3cret"), unread()),
            guarded.feedback("small", "cvd-risk", bearing("Bearer s3cret"), unread()));

    assertThat(answers).allMatch(a -> a.getStatusCode().value() == 401);
    assertThat(attempts.stream().map(Attempt::url))
        .containsExactly(
            "https://a.example.org/x/cds-services",
            "https://b.example.org/ehr/small/cds-services",
            "https://a.example.org/x/cds-services/cvd-risk",
            "https://b.example.org/ehr/small/cds-services/cvd-risk",
            "https://a.example.org/x/cds-services/cvd-risk/feedback",
            "https://b.example.org/ehr/small/cds-services/cvd-risk/feedback");
    assertThat(attempts.stream().map(Attempt::endpoint))
        .containsExactly(
            Endpoint.DISCOVERY,
            Endpoint.DISCOVERY,
            Endpoint.SERVICE,
            Endpoint.SERVICE,
            Endpoint.FEEDBACK,
            Endpoint.FEEDBACK);
    assertThat(attempts.get(1).authorization()).isNull();
    assertThat(attempts.get(3).authorization()).isEqualTo("Bearer s3cret, Bearer 2");
    assertThat(attempts.toString()).doesNotContain("s3cret");
    assertThat(new Attempt(ClientProfile.PLAIN, Endpoint.DISCOVERY, "", null).url()).isNull();
  }

  /** Checklist: 8, 46, 60. */
  @ParameterizedTest
  @EnumSource(Reason.class)
  @DisplayName("46: a refusal is an OperationOutcome with what RFC 6750 asks for")
  void aRefusalSaysWhatToDo(Reason reason) {
    ResponseEntity<byte[]> answer =
        new CdsHooksController(
                endpoint(CLIENTS),
                call ->
                    new CallerVerdict.Refused(
                        reason, "What to do.", null, Duration.ofMillis(1_200)))
            .discover(new HttpHeaders());

    assertThat(answer.getStatusCode().value()).isEqualTo(reason.status()).isIn(401, 403, 429, 503);
    assertThat(text(answer)).contains("OperationOutcome", reason.issue(), "What to do.");
    assertThat(answer.getHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_JSON);
    assertThat(answer.getHeaders().getFirst(HttpHeaders.RETRY_AFTER)).isEqualTo("2");
    assertThat(answer.getHeaders().getFirst(HttpHeaders.WWW_AUTHENTICATE))
        .isEqualTo(
            switch (reason.status()) {
              case 401 -> reason == Reason.NO_TOKEN ? "Bearer" : "Bearer error=\"invalid_token\"";
              case 403 -> "Bearer error=\"insufficient_scope\"";
              default -> null;
            });
  }

  /** Checklist: 46. Safety: 27. */
  @Test
  @DisplayName("46: while nobody can say whose a call is, it is not answered")
  void anUnverifiableCallIsNotAnswered() throws IOException {
    ResponseEntity<byte[]> answer =
        new CdsHooksController(
                endpoint(CLIENTS),
                call -> {
                  throw new IllegalStateException("the database says: s3cret");
                })
            .call("x", bearing("Bearer s3cret"), unread());

    assertThat(answer.getStatusCode().value()).isEqualTo(503);
    assertThat(text(answer)).contains("OperationOutcome").doesNotContain("s3cret");
  }

  private static final class NoJournal implements PredictionJournal {
    @Override
    public JournalEntry store(JournalEntry entry) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<JournalEntry> find(UUID id) {
      return Optional.empty();
    }

    @Override
    public Optional<JournalEntry> find(Call call, Subject subject) {
      return Optional.empty();
    }

    @Override
    public Optional<Answer> store(Answer answer) {
      return Optional.empty();
    }

    @Override
    public List<Answer> answers(UUID journal) {
      return List.of();
    }
  }
}
