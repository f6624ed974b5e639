package org.auscult.cds.hook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Safety: 21. */
class MalformedCallTest {
  private final World world = new World();

  static Stream<Arguments> wrongEnvelopes() {
    return Stream.of(
        wrong("no hook", "hook", c -> c.call.remove("hook")),
        wrong("hook is a number", "hook", c -> c.call.put("hook", 1)),
        wrong("another hook", "hook", c -> c.call.put("hook", "order-sign")),
        wrong("no hookInstance", "hookInstance", c -> c.call.remove("hookInstance")),
        wrong("hookInstance is null", "hookInstance", c -> c.call.putNull("hookInstance")),
        wrong(
            "hookInstance is no UUID",
            "hookInstance",
            c -> c.call.put("hookInstance", "1-1-1-1-1")),
        wrong("no context", "context", c -> c.call.remove("context")),
        wrong("context is an array", "context", c -> c.call.putArray("context")),
        wrong("context is a string", "context", c -> c.call.put("context", "p1")),
        wrong("no patientId", "context.patientId", c -> c.context.remove("patientId")),
        wrong("patientId is a number", "context.patientId", c -> c.context.put("patientId", 12)),
        wrong("patientId is blank", "context.patientId", c -> c.context.put("patientId", " ")),
        wrong("patientId is a path", "context.patientId", c -> c.context.put("patientId", "../x")),
        wrong(
            "patientId is a reference",
            "context.patientId",
            c -> c.context.put("patientId", "Patient/p1")),
        wrong("no userId", "context.userId", c -> c.context.remove("userId")),
        wrong("userId is a bare id", "context.userId", c -> c.context.put("userId", "dr1")),
        wrong(
            "encounterId is an object",
            "context.encounterId",
            c -> c.context.putObject("encounterId")),
        wrong("prefetch is an array", "prefetch", c -> c.call.putArray("prefetch")),
        wrong("prefetch is a string", "prefetch", c -> c.call.put("prefetch", "x")),
        wrong("fhirServer is no URL", "fhirServer", c -> c.call.put("fhirServer", "ehr")),
        wrong(
            "fhirServer is a file",
            "fhirServer",
            c -> c.call.put("fhirServer", "file:///etc/passwd")),
        wrong(
            "fhirServer has a query",
            "fhirServer",
            c -> c.call.put("fhirServer", "https://a/b?c=d")),
        wrong(
            "fhirServer is endless",
            "fhirServer",
            c -> c.call.put("fhirServer", "https://a.org/" + "b".repeat(2000))),
        wrong(
            "a control character",
            "context.encounterId",
            c -> c.context.put("encounterId", "a\u0000b")),
        wrong("fhirServer is an object", "fhirServer", c -> c.call.putObject("fhirServer")),
        wrong(
            "fhirAuthorization without fhirServer",
            "fhirServer",
            c -> {
              authorization(c);
              c.call.remove("fhirServer");
            }),
        wrong(
            "fhirAuthorization is a string",
            "fhirAuthorization",
            c -> c.call.put("fhirAuthorization", "t")),
        wrong(
            "no access_token",
            "fhirAuthorization.access_token",
            c -> {
              authorization(c);
              c.call.withObject("/fhirAuthorization").remove("access_token");
            }),
        wrong(
            "a token of two lines",
            "fhirAuthorization.access_token",
            c -> {
              authorization(c);
              c.call.withObject("/fhirAuthorization").put("access_token", "Muster\r\nX: y");
            }),
        wrong(
            "a token that is no bearer token",
            "fhirAuthorization.access_token",
            c -> {
              authorization(c);
              c.call.withObject("/fhirAuthorization").put("access_token", "Muster mann");
            }),
        wrong(
            "another type of token",
            "fhirAuthorization.token_type",
            c -> {
              authorization(c);
              c.call.withObject("/fhirAuthorization").put("token_type", "DPoP");
            }),
        wrong(
            "no scope",
            "fhirAuthorization.scope",
            c -> {
              authorization(c);
              c.call.withObject("/fhirAuthorization").remove("scope");
            }),
        wrong(
            "no subject",
            "fhirAuthorization.subject",
            c -> {
              authorization(c);
              c.call.withObject("/fhirAuthorization").remove("subject");
            }),
        wrong(
            "a token for another patient",
            "fhirAuthorization.patient",
            c -> {
              authorization(c);
              c.call.withObject("/fhirAuthorization").put("patient", "p2");
            }),
        wrong(
            "patient is an object",
            "fhirAuthorization.patient",
            c -> {
              authorization(c);
              c.call.withObject("/fhirAuthorization").putObject("patient");
            }),
        wrong(
            "an expired token",
            "fhirAuthorization.expires_in",
            c -> {
              authorization(c);
              c.call.withObject("/fhirAuthorization").put("expires_in", 0);
            }),
        wrong(
            "fhirServer with a user",
            "fhirServer",
            c -> c.call.put("fhirServer", "https://user:Muster@ehr.example.org/fhir")),
        wrong(
            "expires_in is a string",
            "fhirAuthorization.expires_in",
            c -> {
              authorization(c);
              c.call.withObject("/fhirAuthorization").put("expires_in", "300");
            }));
  }

  private static Arguments wrong(String name, String where, Consumer<CallBuilder> damage) {
    return Arguments.of(name, where, damage);
  }

  private static void authorization(CallBuilder builder) {
    builder
        .call
        .putObject("fhirAuthorization")
        .put("access_token", "s3cr3t")
        .put("token_type", "Bearer")
        .put("expires_in", 300)
        .put("scope", "patient/*.read")
        .put("subject", "auscult");
  }

  /** Checklist: 11, 60. */
  @ParameterizedTest(name = "{0}: 400 at {1}")
  @MethodSource("wrongEnvelopes")
  @DisplayName("11, 60: a wrong envelope is 400 with an OperationOutcome that says where")
  void aWrongEnvelopeIs400(String name, String where, Consumer<CallBuilder> damage) {
    HookAnswer answer = world.call(CallBuilder.example().with(damage));

    assertThat(answer.status()).isEqualTo(400);
    JsonNode issue = issue(answer);
    assertThat(issue.at("/expression/0").asText()).isEqualTo(where);
    assertThat(issue.path("diagnostics").asText()).contains(where);
    assertQuotesNothing(answer);
    assertThat(world.journal.entries).isEmpty();
  }

  static Stream<Arguments> noJson() {
    return Stream.of(
        Arguments.of("empty", "", "empty"),
        Arguments.of("blank", "  \n ", "empty"),
        Arguments.of("cut off", "{\"hook\": \"patient-view\",\n \"context\": {", "line 2, column"),
        Arguments.of("bare word", "{\"hook\": Mustermann}", "line 1, column"),
        Arguments.of("array", "[]", "an array"),
        Arguments.of("string", "\"Mustermann\"", "a string"),
        Arguments.of("null", "null", "null"),
        Arguments.of("two objects", "{} {}", "line 1, column"),
        Arguments.of("a key twice", "{\"hook\":\"a\",\"hook\":\"b\"}", "line 1, column"),
        Arguments.of("too deep", "{\"a\":".repeat(2000), "nested"),
        Arguments.of("control character", "{\"hook\":\"a\u0001b\"}", "line 1, column"),
        Arguments.of("XML", "<Patient/>", "line 1, column"));
  }

  /** Checklist: 8. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("noJson")
  @DisplayName("8: malformed JSON is 400, naming line and column, quoting nothing")
  void malformedJsonIs400(String name, String body, String says) {
    HookAnswer answer = world.endpoint.call("cvd-risk", body.getBytes(StandardCharsets.UTF_8));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(issue(answer).path("diagnostics").asText()).contains(says);
    assertQuotesNothing(answer);
  }

  /** Checklist: 8. */
  @Test
  @DisplayName("8: bytes that are no UTF-8 are 400")
  void brokenUtf8Is400() {
    byte[] body = {'{', '"', 'a', '"', ':', '"', (byte) 0xC3, (byte) 0x28, '"', '}'};

    assertThat(world.endpoint.call("cvd-risk", body).status()).isEqualTo(400);
  }

  /** Checklist: 8. */
  @Test
  @DisplayName("8: an unknown service is 404")
  void anUnknownServiceIs404() {
    HookAnswer answer = world.endpoint.call("nonesuch", CallBuilder.example().bytes());

    assertThat(answer.status()).isEqualTo(404);
    assertThat(issue(answer).path("diagnostics").asText()).contains("GET /cds-services");
  }

  /** Checklist: 21, 22. */
  @Test
  @DisplayName("21, 22: a token is taken and appears nowhere")
  void theTokenAppearsNowhere() {
    HookAnswer answer = world.call(CallBuilder.example().with(MalformedCallTest::authorization));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).doesNotContain("s3cr3t");
    assertThat(world.journal.entries.toString()).doesNotContain("s3cr3t");
  }

  /** Checklist: 21. */
  @ParameterizedTest
  @ValueSource(strings = {"p1", "Patient/p1"})
  @DisplayName("21: a token for this patient is taken")
  void aTokenForThisPatientIsTaken(String patient) {
    CallBuilder call = CallBuilder.example().with(MalformedCallTest::authorization);
    call.call.withObject("/fhirAuthorization").put("patient", patient).put("expires_in", 1);

    assertThat(world.call(call).status()).isEqualTo(200);
  }

  @Test
  @DisplayName("every truncation of a good call is 400")
  void everyTruncationIs400() {
    byte[] whole = CallBuilder.example().bytes();
    for (int length = 0; length < whole.length; length++) {
      HookAnswer answer = world.endpoint.call("cvd-risk", Arrays.copyOf(whole, length));
      assertThat(answer.status()).as("cut at " + length).isEqualTo(400);
      assertQuotesNothing(answer);
    }
  }

  @Test
  @DisplayName("random damage never gives a 5xx, nor quotes the patient in an error")
  void randomDamageNeverGives5xx() {
    Random random = new Random(20240601);
    byte[] whole = CallBuilder.example().bytes();
    for (int i = 0; i < 3000; i++) {
      byte[] damaged = whole.clone();
      for (int n = 1 + random.nextInt(4); n > 0; n--) {
        damaged[random.nextInt(damaged.length)] = (byte) (32 + random.nextInt(95));
      }
      HookAnswer answer = world.endpoint.call("cvd-risk", damaged);
      assertThat(answer.status())
          .as(new String(damaged, StandardCharsets.UTF_8))
          .isIn(200, 400, 412);
      if (answer.status() != 200) {
        assertQuotesNothing(answer);
      }
    }
  }

  private static JsonNode issue(HookAnswer answer) {
    JsonNode outcome = CallBuilder.read(answer.body());
    assertThat(outcome.path("resourceType").asText()).isEqualTo("OperationOutcome");
    assertThat(outcome.path("issue")).hasSize(1);
    assertThat(outcome.at("/issue/0/severity").asText()).isEqualTo("error");
    assertThat(outcome.at("/issue/0/code").asText()).isNotEmpty();
    return outcome.at("/issue/0");
  }

  private static void assertQuotesNothing(HookAnswer answer) {
    assertThat(answer.body())
        .doesNotContain("Muster")
        .doesNotContain("s3cr3t")
        .doesNotContain("MRN")
        .doesNotContain("1974-03");
  }
}
