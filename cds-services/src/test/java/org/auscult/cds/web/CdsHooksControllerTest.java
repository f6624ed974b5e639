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
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.imageio.ImageIO;
import org.auscult.cds.CvdRisk;
import org.auscult.cds.FixedDeployments;
import org.auscult.cds.caller.CallerRecord;
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
import org.auscult.prediction.Call;
import org.auscult.prediction.Feedback;
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
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

class CdsHooksControllerTest {
  private static final Clients CLIENTS =
      new Clients(ClientProfile.PLAIN, List.of(client("small", 20_000)));

  private final CdsHooksController controller = new CdsHooksController(endpoint(CLIENTS));

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
    ResponseEntity<byte[]> response = controller.discover();

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
                    service))
            .feedback(service.service(), type("application/json"), new ByteArrayInputStream(bytes));

    assertThat(text(response)).contains("feedback[0].card");
    assertThat(response.getStatusCode().value()).isEqualTo(404);
    assertThatIllegalArgumentException().isThrownBy(() -> client("none", 0));
  }

  /** Checklist: 3, 8. Safety: 27. */
  @Test
  void eachClientHasItsOwnPath() throws IOException {
    assertThat(text(controller.discover("small"))).isEqualTo("{\"services\":[]}");
    assertThat(controller.discover("other").getStatusCode().value()).isEqualTo(404);
    assertThat(text(controller.discover("other"))).contains("OperationOutcome");
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

  private static final class NoJournal implements PredictionJournal {
    @Override
    public JournalEntry store(JournalEntry entry) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<JournalEntry> find(java.util.UUID id) {
      return Optional.empty();
    }

    @Override
    public Optional<JournalEntry> find(Call call, Subject subject) {
      return Optional.empty();
    }

    @Override
    public boolean store(Feedback feedback) {
      return false;
    }
  }
}
