package org.auscult.cds.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

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
import org.auscult.cds.CvdRisk;
import org.auscult.cds.FixedDeployments;
import org.auscult.cds.caller.CallerRecord;
import org.auscult.cds.fhir.PrefetchReader;
import org.auscult.cds.hook.HookEndpoint;
import org.auscult.cds.hook.HookPorts;
import org.auscult.cds.hook.HookSettings;
import org.auscult.cds.hook.UserRoles;
import org.auscult.deployment.Deployment;
import org.auscult.display.Past;
import org.auscult.feature.FeatureEvaluator;
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
  private final CdsHooksController controller =
      new CdsHooksController(endpoint(), CdsHooksController.DEFAULT_BODY_LIMIT);

  private static HookEndpoint endpoint(Deployment... deployments) {
    PredictionService predictions =
        new PredictionService(
            model -> Optional.empty(), new FeatureEvaluator(CodeUnits.standard(), ZoneOffset.UTC));
    return new HookEndpoint(
        new FixedDeployments(List.of(deployments)),
        predictions,
        new DeploymentRunner(
            predictions, Runnable::run, new Breaker(1, Duration.ofSeconds(1), Clock.systemUTC())),
        new HookPorts(
            model -> Optional.empty(),
            new InMemoryTimeline(),
            identity -> Optional.empty(),
            new NoJournal(),
            (deployment, rules, call, subject, now) -> Past.NONE,
            CallerRecord.NONE,
            UserRoles.UNKNOWN),
        new PrefetchReader(ZoneOffset.UTC, CodeUnits.standard()),
        new HookSettings(Set.of(), ZoneOffset.UTC),
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

  @Test
  @DisplayName("1, 3: discovery is JSON")
  void discoveryIsJson() {
    ResponseEntity<byte[]> response = controller.discover();

    assertThat(response.getStatusCode().value()).isEqualTo(200);
    assertThat(response.getHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_JSON);
    assertThat(text(response)).isEqualTo("{\"services\":[]}");
  }

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
  @ValueSource(ints = {0, 16_383, 16_384, 70_000})
  @DisplayName("a body arrives whole, whatever its length, and no limit is none")
  void aBodyArrivesWhole(int padding) throws IOException {
    Deployment service = CvdRisk.deployment("https://example.org/m|1");
    String item =
        "{'card':'7c0ad5b0-4d5e-4b1b-9c63-2f1f5a3b9e01','outcome':'overridden',"
            + "'outcomeTimestamp':'2024-06-01T12:01:00Z'}";
    String body = ("{'feedback':[" + item + " ".repeat(padding) + "]}").replace('\'', '"');
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    ResponseEntity<byte[]> response =
        new CdsHooksController(endpoint(service), bytes.length + 1)
            .feedback(service.service(), type("application/json"), new ByteArrayInputStream(bytes));

    assertThat(text(response)).contains("feedback[0].card");
    assertThat(response.getStatusCode().value()).isEqualTo(404);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CdsHooksController(endpoint(service), 0));
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
