package org.auscult.cds.hook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.auscult.cds.LocalPatients.Identifier;
import org.auscult.cds.LocalPatients.Identity;
import org.auscult.cds.caller.CallerLimits;
import org.auscult.cds.caller.CallerServers;
import org.auscult.cds.caller.HttpCallerRecord;
import org.auscult.cds.caller.SmallEhr;
import org.auscult.cds.fhir.Asked;
import org.auscult.cds.fhir.PrefetchReader;
import org.auscult.deployment.Hook;
import org.auscult.feature.FeatureValue;
import org.auscult.feature.FeatureValue.Missing;
import org.auscult.feature.FeatureValue.Present;
import org.auscult.feature.MissingReason;
import org.auscult.prediction.JournalEntry;
import org.auscult.prediction.ModelRun;
import org.auscult.prediction.Subject;
import org.auscult.unit.CodeUnits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Prefetch, the caller's server, our own record: one patient by each road and by several. */
class DataRoadsTest {
  private static final String CANARY = "canary-4f1d.token";
  private static final List<String> SEARCHED =
      List.of("observation", "condition", "medicationRequest");

  private final SmallEhr ehr = new SmallEhr();
  private final HttpCallerRecord callers =
      new HttpCallerRecord(
          new CallerServers(List.of(ehr.base()), false),
          new CallerLimits(Duration.ofSeconds(2), 5, 1_000_000, 4));
  private final World world = new World();

  DataRoadsTest() {
    world.callers = callers;
    ehr.with(chart());
  }

  @AfterEach
  void close() {
    callers.close();
    ehr.close();
  }

  /** The example's resources, as a server of any address holds them. */
  private static JsonNode[] chart() {
    CallBuilder call = CallBuilder.example();
    return Stream.concat(
            Stream.of(call.prefetch.path("patient")),
            SEARCHED.stream()
                .flatMap(key -> StreamSupport.stream(call.entries(key).spliterator(), false))
                .map(entry -> entry.path("resource")))
        .map(r -> CallBuilder.read(r.toString().replace(CallBuilder.EHR + "/Patient", "Patient")))
        .toArray(JsonNode[]::new);
  }

  /** A call with its prefetch whole. */
  private CallBuilder full() {
    CallBuilder call = CallBuilder.example().with(c -> c.call.put("fhirServer", ehr.base()));
    call.resource("condition", 0).withObject("/subject").put("reference", "Patient/p1");
    return call;
  }

  /** A call without prefetch. */
  private CallBuilder bare() {
    return CallBuilder.bare().with(c -> c.call.put("fhirServer", ehr.base()));
  }

  private static CallBuilder withToken(CallBuilder call) {
    call.call
        .putObject("fhirAuthorization")
        .put("access_token", CANARY)
        .put("token_type", "Bearer")
        .put("expires_in", 300)
        .put("scope", "patient/*.read")
        .put("patient", "p1")
        .put("subject", "auscult");
    return call;
  }

  private JournalEntry entry() {
    return world.journal.entries.get(0);
  }

  private FeatureValue value(String feature) {
    List<ModelRun> runs = entry().runs();
    return runs.get(runs.size() - 1).vector().value(feature).orElseThrow();
  }

  private String refusal(CallBuilder call, int status) {
    HookAnswer answer = world.call(call);
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(world.journal.entries).isEmpty();
    assertThat(answer.body()).doesNotContain(CANARY);
    return CallBuilder.read(answer.body()).at("/issue/0/diagnostics").asText();
  }

  /** Checklist: 16. Safety: 2. */
  @Test
  @DisplayName("16, rule 2: what no prefetch brings comes from fhirServer, also for the unknown")
  void withoutPrefetch() {
    assertThat(world.card(bare()).path("summary").asText()).contains("14.7 %");
    assertThat(entry().subject()).isEqualTo(new Subject(ehr.base(), "p1"));
    assertThat(((Present) value("statin")).value()).isZero();
  }

  /** Checklist: 13, 14. */
  @Test
  @DisplayName("13, 14: what is asked is what discovery states, filled")
  void asksWhatDiscoveryStates() {
    world.card(bare());
    List<String> stated = new ArrayList<>();
    CallBuilder.read(world.endpoint.discover().body())
        .at("/services/0/prefetch")
        .forEach(
            t -> stated.add(t.asText().replace("{{context.patientId}}", "p1").replace("|", "%7C")));

    assertThat(ehr.queries()).isNotEmpty().containsExactlyInAnyOrderElementsOf(stated);
  }

  /** Checklist: 16. */
  @Test
  @DisplayName("16: full prefetch asks nothing of fhirServer")
  void fullPrefetch() {
    assertThat(world.card(full()).path("summary").asText()).contains("14.7 %");
    assertThat(ehr.requests).isEmpty();
  }

  /** Checklist: 17. */
  @ParameterizedTest
  @ValueSource(strings = {"patient", "observation", "condition", "medicationRequest"})
  @DisplayName("17: a missing key is fetched; the others, null among them, are not")
  void aMissingKey(String key) {
    CallBuilder call = full();
    if (!key.equals("medicationRequest")) {
      call.prefetch.putNull("medicationRequest");
    }
    call.prefetch.remove(key);
    world.card(call);

    assertThat(ehr.queries())
        .hasSize(1)
        .allMatch(q -> q.toLowerCase(Locale.ROOT).startsWith(key.toLowerCase(Locale.ROOT)));
    assertThat(((Present) value("bp-tx")).value())
        .isEqualTo(key.equals("medicationRequest") ? 1 : 0);
  }

  /** Checklist: 17. */
  @Test
  @DisplayName("17: null is an answer and is not fetched")
  void nullIsNotFetched() {
    CallBuilder call = full().with(c -> c.prefetch.putNull("condition"));
    world.card(call);

    assertThat(ehr.requests).isEmpty();
    assertThat(((Present) value("dm")).value()).isZero();
  }

  /** Checklist: 17. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  @DisplayName("17: pages of fhirServer give the same card")
  void paged(int size) {
    ehr.pageSize = size;
    try (HttpCallerRecord standard =
        new HttpCallerRecord(
            new CallerServers(List.of(ehr.base()), false), CallerLimits.STANDARD)) {
      world.callers = standard;
      assertThat(world.card(bare()).path("summary").asText()).contains("14.7 %");
    }
    assertThat(((Present) value("known-cvd")).value()).isZero();
  }

  /** Checklist: 17. */
  @Test
  @DisplayName("17: the next page of a prefetched Bundle is followed, and together they are whole")
  void theNextPageOfPrefetch() {
    ehr.pageSize = 4;
    CallBuilder call = full();
    call.entries("observation").remove(5);
    call.entries("observation").remove(4);
    ObjectNode page = call.prefetch.withObject("/observation").put("total", 6);
    page.putArray("link")
        .addObject()
        .put("relation", "next")
        .put("url", ehr.base() + "/Observation?patient=p1&_offset=4");

    assertThat(world.card(call).path("summary").asText()).contains("14.7 %");
    assertThat(ehr.queries()).containsExactly("Observation?patient=p1&_offset=4");
    assertThat(value("egfr")).isInstanceOf(Present.class);
  }

  /** Checklist: 17. Safety: 4. */
  @Test
  @DisplayName("17, rule 4: a next page elsewhere is not asked for, and absence is not proven")
  void theNextPageElsewhere() {
    try (SmallEhr other = new SmallEhr()) {
      CallBuilder call = full();
      call.prefetch
          .withObject("/condition")
          .putArray("link")
          .addObject()
          .put("relation", "next")
          .put("url", other.base() + "/Condition?page=2");
      world.card(call);

      assertThat(other.requests).isEmpty();
      assertThat(ehr.requests).isEmpty();
    }
    assertThat(((Missing) value("known-cvd")).reason()).isEqualTo(MissingReason.SEARCH_INCOMPLETE);
    assertThat(((Present) value("dm")).value()).isEqualTo(1);
  }

  /** Checklist: 17. Safety: 4. */
  @Test
  @DisplayName("17, rule 4: a second page that fails leaves the kind incomplete, not refused")
  void aFailingSecondPage() {
    ehr.pageSize = 1;
    ehr.with(CallBuilder.read(CallBuilder.order("m2", "259255").toString()));
    ehr.otherwise.put(
        "MedicationRequest",
        exchange -> {
          if (exchange.getRequestURI().getQuery().contains("_offset")) {
            SmallEhr.send(exchange, 500, SmallEhr.outcome());
            return true;
          }
          return false;
        });
    CallBuilder call = full().with(c -> c.prefetch.remove("medicationRequest"));
    world.card(call);

    assertThat(((Missing) value("statin")).reason()).isEqualTo(MissingReason.SEARCH_INCOMPLETE);
    assertThat(((Present) value("bp-tx")).value()).isEqualTo(1);
  }

  /** Checklist: 18. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"resourceType\":\"OperationOutcome\"}",
        "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"entry\":[{\"resource\":"
            + "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"error\"}]}}]}",
        "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"total\":1}",
        "{\"resourceType\":\"Bundle\",\"type\":\"collection\"}",
        "7"
      })
  @DisplayName("18: what prefetch answers with an error or in part is fetched whole")
  void anOutcomeInPrefetch(String answer) {
    CallBuilder call = full();
    call.prefetch.set("condition", CallBuilder.read(answer));
    world.card(call);

    assertThat(ehr.queries()).hasSize(1).allMatch(q -> q.startsWith("Condition?"));
    assertThat(((Present) value("dm")).value()).isEqualTo(1);
    assertThat(((Present) value("known-cvd")).value()).isZero();
  }

  /** Checklist: 18. Safety: 4. */
  @Test
  @DisplayName("18, rule 4: an OperationOutcome in a fetched Bundle proves no absence")
  void anOutcomeInAnAnswer() {
    ehr.answers(
        "Condition",
        200,
        "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"entry\":[{\"resource\":"
            + SmallEhr.outcome()
            + "}]}");
    world.card(bare());

    assertThat(((Missing) value("dm")).reason()).isEqualTo(MissingReason.SEARCH_INCOMPLETE);
    assertThat(entry().findings()).isEqualTo(1);
  }

  /** Checklist: 18. Safety: 4. */
  @Test
  @DisplayName("18, rule 4: an OperationOutcome as the next page proves no absence")
  void anOutcomeAsPage() {
    ehr.pageSize = 1;
    ehr.with(CallBuilder.read(CallBuilder.order("m2", "1").toString()));
    ehr.otherwise.put(
        "MedicationRequest",
        exchange -> {
          if (exchange.getRequestURI().getQuery().contains("_offset")) {
            SmallEhr.send(exchange, 200, SmallEhr.outcome());
            return true;
          }
          return false;
        });
    world.card(bare());

    assertThat(((Missing) value("statin")).reason()).isEqualTo(MissingReason.SEARCH_INCOMPLETE);
    assertThat(entry().findings()).isEqualTo(1);
  }

  /** Checklist: 19. */
  @ParameterizedTest
  @CsvSource({
    "401, refused",
    "403, refused",
    "404, does not know",
    "302, redirects",
    "500, an error",
    "200, not FHIR"
  })
  @DisplayName("19: required data that cannot be had are 412, naming the key and why")
  void cannotBeHad(int status, String why) {
    ehr.answers("Condition", status, "<p>no</p>");
    String text = refusal(withToken(bare()), 412);

    assertThat(text)
        .contains("lacks condition.")
        .contains("condition (")
        .contains(why)
        .doesNotContain("observation")
        .doesNotContain("p1");
  }

  /** Checklist: 19. */
  @Test
  @DisplayName("19: a key that nobody needs is no reason to refuse")
  void whatNobodyNeeds() {
    ehr.answers("MedicationRequest", 403, SmallEhr.outcome());
    ehr.with(
        CallBuilder.read(
            "{\"resourceType\":\"Condition\",\"id\":\"c2\",\"clinicalStatus\":"
                + "{\"coding\":[{\"code\":\"active\"}]},\"code\":{\"coding\":[{\"system\":"
                + "\"http://snomed.info/sct\",\"code\":\"22298006\"}]},\"subject\":{\"reference\":"
                + "\"Patient/p1\"},\"onsetDateTime\":\"2015-01-01\"}"));

    assertThat(world.cards(bare())).isEmpty();
  }

  /** Checklist: 19, 20. */
  @Test
  @DisplayName("19, 20: a server that is not listed is not asked; 412 says what to configure")
  void notListed() {
    try (SmallEhr other = new SmallEhr()) {
      String text =
          refusal(withToken(bare()).with(c -> c.call.put("fhirServer", other.base())), 412);

      assertThat(text).contains("auscult.caller-fhir-servers").doesNotContain(other.base());
      assertThat(other.requests).isEmpty();
    }
  }

  /** Checklist: 19. */
  @Test
  @DisplayName("19: a caller without fhirServer hears that it could send one")
  void withoutServer() {
    assertThat(refusal(bare().with(c -> c.call.remove("fhirServer")), 412))
        .contains("fhirAuthorization");
  }

  /** Checklist: 20. */
  @Test
  @DisplayName("20: the token goes with each request, and only if the call brings it")
  void theToken() {
    world.card(withToken(bare()));
    assertThat(ehr.requests)
        .hasSize(4)
        .allMatch(r -> ("Bearer " + CANARY).equals(r.authorization()));

    ehr.requests.clear();
    world.card(
        bare().with(c -> c.call.put("hookInstance", "7c0ad5b0-4d5e-4b1b-9c63-2f1f5a3b9e02")));
    assertThat(ehr.requests).hasSize(4).allMatch(r -> r.authorization() == null);
  }

  /** Checklist: 22. */
  @Test
  @DisplayName("22: the token is in no answer, entry or text")
  void theTokenIsNowhere() {
    CallBuilder call = withToken(bare());
    HookAnswer answer = world.call(call);

    assertThat(answer.body()).contains("14.7 %").doesNotContain(CANARY);
    assertThat(world.journal.entries.toString()).doesNotContain(CANARY);
    HookRequest request = EnvelopeReader.read(call.bytes(), List.of(Hook.PATIENT_VIEW));
    assertThat(request.token()).isNotNull();
    assertThat(request.toString() + request.token() + request.context()).doesNotContain(CANARY);
  }

  /** Checklist: 61. Safety: 4. */
  @Test
  @DisplayName("61, rule 4: outside the token's scope absence is not proven")
  void outsideTheScope() {
    CallBuilder call = withToken(bare());
    call.call
        .withObject("/fhirAuthorization")
        .put("scope", "patient/Patient.read patient/Observation.rs patient/MedicationRequest.rs");
    world.card(call);

    assertThat(((Missing) value("known-cvd")).reason()).isEqualTo(MissingReason.SEARCH_INCOMPLETE);
    assertThat(((Present) value("statin")).value()).isZero();
  }

  /** Safety: 1. */
  @ParameterizedTest
  @ValueSource(strings = {"Observation", "Condition", "MedicationRequest"})
  @DisplayName("rule 1: a resource of another patient by fetch rejects the call")
  void anotherPatientsResource(String type) {
    ehr.with(
        CallBuilder.read(
            "{\"resourceType\":\""
                + type
                + "\",\"id\":\"x\",\"status\":\"splendid\",\"subject\":"
                + "{\"reference\":\"Patient/p2\"}}"));

    assertThat(refusal(withToken(bare()), 400)).contains("another patient").contains("fhirServer");
  }

  /** Safety: 1. */
  @Test
  @DisplayName("rule 1: another Patient in answer to the patient's id rejects the call")
  void anotherPatient() {
    ehr.answers("Patient", 200, "{\"resourceType\":\"Patient\",\"id\":\"p2\"}");

    refusal(bare(), 400);
  }

  /** Safety: 1. */
  @Test
  @DisplayName("rule 1: with another patient's resource in prefetch nothing is fetched")
  void wrongPrefetchFetchesNothing() {
    CallBuilder call = full().with(c -> c.prefetch.remove("condition"));
    call.resource("observation", 1).withObject("/subject").put("reference", "Patient/p2");

    refusal(call, 400);
    assertThat(ehr.requests).isEmpty();
  }

  /** Safety: 1. */
  @Test
  @DisplayName("rule 1: a patient of our own record is not fetched")
  void oursIsNotFetched() {
    CallBuilder call = bare().with(c -> c.call.put("fhirServer", World.OURS));
    world.record("p1", chart());

    assertThat(world.card(call).path("summary").asText()).contains("14.7 %");
    assertThat(ehr.requests).isEmpty();
  }

  /** Safety: 1. */
  @Test
  @DisplayName("rule 1: by prefetch, by fetch and in our record, a fact counts once")
  void aFactCountsOnce() {
    world.record("local7", chart());
    world.people.put(
        new Identity(List.of(new Identifier("urn:oid:1.2.3", "MRN-1")), "1974-03-01", "female"),
        "local7");
    CallBuilder call = full();
    call.entries("observation").remove(5);
    call.prefetch.withObject("/observation").put("total", 6);
    call.prefetch.remove("condition");

    Gathered byOne = gathered(full());
    assertThat(ehr.requests).isEmpty();
    Gathered mixed = gathered(call);
    assertThat(ehr.queries()).hasSize(2);

    assertThat(mixed.subject()).isEqualTo(new Subject("", "local7"));
    assertThat(mixed.timeline().facts()).hasSameSizeAs(byOne.timeline().facts());
    assertThat(mixed.timeline().complete()).isEqualTo(byOne.timeline().complete());
    world.people.clear();
    assertThat(gathered(call).timeline().facts()).hasSameSizeAs(byOne.timeline().facts());
  }

  /** Safety: 1. */
  @Test
  @DisplayName("rule 1: of prefetch and fetch the later version stands")
  void theLaterVersionStands() {
    ehr.with(
        CallBuilder.read(
            CallBuilder.quantity("o4", "39156-5", "25", "kg/m2")
                .toString()
                .replace("\"versionId\":\"1\"", "\"versionId\":\"9\"")));
    CallBuilder call = full();
    call.prefetch.withObject("/observation").put("total", 7);
    world.card(call);

    assertThat(((Present) value("bmi")).value()).isEqualTo(25);
  }

  /** Safety: 26. */
  @Test
  @DisplayName("rule 26: for a lay person nothing is fetched")
  void nothingForLayPeople() {
    assertThat(world.cards(bare().with(c -> c.context.put("userId", "Patient/p1")))).isEmpty();
    assertThat(ehr.requests).isEmpty();
  }

  /** Safety: 3. */
  @Test
  @DisplayName("rule 3: a deceased patient is known by fetch, too")
  void deceasedByFetch() {
    ehr.answers(
        "Patient", 200, "{\"resourceType\":\"Patient\",\"id\":\"p1\",\"deceasedBoolean\":true}");

    assertThat(world.cards(bare())).isEmpty();
  }

  /** What is known of the patient, apart from any model. */
  private Gathered gathered(CallBuilder call) {
    ehr.requests.clear();
    var model = PreventExample.catalog().find(PreventExample.MODEL).orElseThrow();
    return new PatientGatherer(
            world.ports(callers),
            new HookSettings(Set.of(World.OURS), PreventExample.ZONE),
            new PrefetchReader(PreventExample.ZONE, CodeUnits.standard()))
        .gather(
            EnvelopeReader.read(call.bytes(), List.of(Hook.PATIENT_VIEW)),
            Asked.from(List.of(model.features())),
            List.copyOf(model.features().needs()),
            World.NOW);
  }
}
