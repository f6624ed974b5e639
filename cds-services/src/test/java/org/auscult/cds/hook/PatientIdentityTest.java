package org.auscult.cds.hook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.auscult.cds.LocalPatients.Identifier;
import org.auscult.cds.LocalPatients.Identity;
import org.auscult.prediction.Subject;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Safety: 1, 2. */
class PatientIdentityTest {
  private final World world = new World();

  private static JsonNode[] wholeRecord() {
    CallBuilder call = CallBuilder.example();
    return List.of("patient", "observation", "condition", "medicationRequest").stream()
        .flatMap(
            key ->
                key.equals("patient")
                    ? Stream.of(call.prefetch.path(key))
                    : StreamSupport.stream(call.entries(key).spliterator(), false)
                        .map(e -> e.path("resource")))
        .map(r -> CallBuilder.read(r.toString().replace(CallBuilder.EHR + "/Patient/", "Patient/")))
        .toArray(JsonNode[]::new);
  }

  /** Safety: 1. */
  @Test
  @DisplayName("rule 1: a configured source's patient is read from our record, without prefetch")
  void ourOwnPatientNeedsNoPrefetch() {
    world.record("p1", wholeRecord());
    CallBuilder call = CallBuilder.bare().with(c -> c.call.put("fhirServer", World.OURS + "/"));

    assertThat(world.card(call).path("summary").asText()).contains("14.7 %");
    assertThat(world.journal.entries.get(0).subject()).isEqualTo(new Subject("", "p1"));
    assertThat(world.journal.entries.get(0).epoch()).isPositive();
  }

  /** Safety: 1. */
  @Test
  @DisplayName("rule 1: the same id at another server is another person")
  void theSameIdElsewhereIsAnotherPerson() {
    world.record("p1", wholeRecord());
    CallBuilder call = CallBuilder.example().with(c -> c.prefetch.putNull("observation"));

    assertThat(world.card(call).path("summary").asText()).contains("not assessed");
    assertThat(world.journal.entries.get(0).subject())
        .isEqualTo(new Subject(CallBuilder.EHR, "p1"));
    assertThat(world.journal.entries.get(0).epoch()).isZero();
  }

  /** Safety: 1. */
  @Test
  @DisplayName("rule 1: identifier, birth date and sex join the records, and facts count once")
  void identifierBirthDateAndSexJoin() {
    world.record("local7", wholeRecord());
    Identity identity =
        new Identity(List.of(new Identifier("urn:oid:1.2.3", "MRN-1")), "1974-03-01", "female");
    world.people.put(identity, "local7");
    CallBuilder call = CallBuilder.example().with(c -> c.prefetch.putNull("observation"));

    assertThat(world.card(call).path("summary").asText()).contains("14.7 %");
    assertThat(world.journal.entries.get(0).subject()).isEqualTo(new Subject("", "local7"));
  }

  /** Safety: 1. */
  @ParameterizedTest
  @ValueSource(strings = {"birthDate", "gender", "identifier"})
  @DisplayName("rule 1: without one of the three nothing is joined")
  void allThreeAreNeeded(String left) {
    world.record("local7", wholeRecord());
    Identity identity =
        new Identity(List.of(new Identifier("urn:oid:1.2.3", "MRN-1")), "1974-03-01", "female");
    world.people.put(identity, "local7");
    CallBuilder call = CallBuilder.example();
    call.prefetch.withObject("/patient").remove(left);
    world.cards(call);

    assertThat(world.journal.entries.get(0).subject().isOurs()).isFalse();
  }

  /** Safety: 1. */
  @Test
  @DisplayName("rule 1: by both roads, the later version of a resource stands")
  void theLaterVersionStands() {
    world.record("p1", wholeRecord());
    CallBuilder call = CallBuilder.bare().with(c -> c.call.put("fhirServer", World.OURS));
    call.call
        .putObject("prefetch")
        .set(
            "observation",
            CallBuilder.bundle(
                CallBuilder.read(
                    CallBuilder.quantity("o4", "39156-5", "25", "kg/m2")
                        .toString()
                        .replace("\"versionId\":\"1\"", "\"versionId\":\"9\""))));

    // BMI does not enter total CVD; heart failure tells.
    assertThat(world.card(call).path("detail").asText()).contains("heart failure 6.1 %");
  }

  /** Safety: 1. */
  @Test
  @DisplayName("rule 1: a caller without fhirServer is nobody whom we know")
  void aCallerWithoutServerHasNoName() {
    CallBuilder call = CallBuilder.example().with(c -> c.call.remove("fhirServer"));

    assertThat(world.card(call).path("summary").asText()).contains("14.7 %");
    assertThat(world.journal.entries.get(0).subject())
        .isEqualTo(new Subject("urn:uuid:" + CallBuilder.INSTANCE, "p1"));
  }

  /** Safety: 1. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Patient/p2",
        "https://other.example.org/fhir/Patient/p1",
        "ftp://ehr.example.org/fhir/Patient/p1",
        "Group/p1"
      })
  @DisplayName("rule 1: a resource of another patient rejects the call and names its key")
  void anotherPatientsResourceRejects(String subject) {
    CallBuilder call = CallBuilder.example();
    call.resource("observation", 1).withObject("/subject").put("reference", subject);
    HookAnswer answer = world.call(call);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(CallBuilder.read(answer.body()).at("/issue/0/expression/0").asText())
        .isEqualTo("prefetch.observation");
    assertThat(world.journal.entries).isEmpty();
  }

  /** Safety: 1. */
  @Test
  @DisplayName("rule 1: another patient's resource rejects even where it cannot be parsed")
  void anotherPatientsBrokenResourceRejects() {
    CallBuilder call = CallBuilder.example();
    call.resource("observation", 1).withObject("/subject").put("reference", "Patient/p2");
    call.resource("observation", 1).put("effectiveDateTime", "not a date");

    assertThat(world.call(call).status()).isEqualTo(400);
  }

  /** Safety: 1. */
  @Test
  @DisplayName("rule 1: another Patient rejects even where it cannot be parsed, one's own does not")
  void anotherBrokenPatientRejects() {
    CallBuilder call = CallBuilder.example();
    call.prefetch.withObject("/patient").put("birthDate", "long ago");
    assertThat(world.card(call).path("summary").asText()).contains("not assessed");

    call.prefetch.withObject("/patient").put("id", "p2");
    assertThat(world.call(call).status()).isEqualTo(400);
  }

  /** Safety: 1. */
  @Test
  @DisplayName("rule 1: another Patient resource rejects")
  void anotherPatientRejects() {
    CallBuilder call = CallBuilder.example();
    call.prefetch.withObject("/patient").put("id", "p2");

    assertThat(world.call(call).status()).isEqualTo(400);
  }

  /** Safety: 3. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"deceasedBoolean\":true",
        "\"deceasedDateTime\":\"2024-05-01\"",
        "\"active\":false"
      })
  @DisplayName("rule 3: deceased or inactive: no card")
  void deceasedOrInactiveGivesNoCard(String element) {
    CallBuilder call = CallBuilder.example();
    call.prefetch.set(
        "patient",
        CallBuilder.read(
            "{\"resourceType\":\"Patient\",\"id\":\"p1\",\"gender\":\"female\",\"birthDate\":"
                + "\"1974-03-01\","
                + element
                + "}"));

    assertThat(world.cards(call)).isEmpty();
    assertThat(world.journal.entries).isEmpty();
  }

  /** Safety: 26. */
  @Test
  @DisplayName("rule 26: no clinician's card for a patient or a related person")
  void noCardForLayPeople() {
    CallBuilder call = CallBuilder.example().with(c -> c.context.put("userId", "Patient/p1"));

    assertThat(world.cards(call)).isEmpty();
  }

  /** Safety: 2. */
  @Test
  @DisplayName("rule 2: a patient unknown here is the normal case")
  void anUnknownPatientOfAConfiguredSourceIsTheirs() {
    CallBuilder call = CallBuilder.example().with(c -> c.call.put("fhirServer", World.OURS));
    call.resource("condition", 0).withObject("/subject").put("reference", "Patient/p1");
    call.call.put("hookInstance", UUID.randomUUID().toString());

    assertThat(world.card(call).path("summary").asText()).contains("14.7 %");
    assertThat(world.journal.entries.get(0).subject()).isEqualTo(new Subject(World.OURS, "p1"));
  }
}
