package org.auscult.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.auscult.prediction.CardId;
import org.auscult.server.access.TokenHolder.Answer;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.SmartLifecycle;

/** A user's answer to a prediction, under the user's own token. Safety: 26. */
class FeedbackOverHttpTest extends AccessOverHttp {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String COMMENT = "Quittenkern <b>no</b> [x](http://evil.example)";
  private static final int MOST_WAITS = 200;

  @Autowired
  @Qualifier("materialiserLoop")
  private SmartLifecycle loop;

  /** PREVENT's inputs for n1 and s1; n2 lacks them, and is not assessed. */
  @Override
  void storeMore() {
    for (String name : List.of("n1", "n2", "s1")) {
      Patient patient = new Patient();
      patient.setManagingOrganization(
          new Reference("Organization/" + id(name.startsWith("n") ? "north" : "south")));
      patient.setGender(AdministrativeGender.FEMALE);
      patient.setBirthDateElement(
          new DateType(LocalDate.now().minusYears(70).minusDays(20).toString()));
      patient.setId(id(name));
      put(patient);
    }
    for (String name : List.of("n1", "s1")) {
      measured(name, "2093-3", "200", "mg/dL");
      measured(name, "2085-9", "45", "mg/dL");
      measured(name, "8480-6", "160", "mm[Hg]");
      measured(name, "39156-5", "35", "kg/m2");
      measured(name, "98979-8", "90", "mL/min/{1.73_m2}");
      observed(
          name,
          "72166-2",
          new CodeableConcept(new Coding("http://snomed.info/sct", "266919005", null)));
    }
  }

  private void measured(String patient, String loinc, String value, String unit) {
    observed(
        patient,
        loinc,
        new Quantity()
            .setValue(new BigDecimal(value))
            .setUnit(unit)
            .setSystem("http://unitsofmeasure.org")
            .setCode(unit));
  }

  private void observed(String patient, String loinc, Type value) {
    Observation observation = observation(patient, "laboratory");
    observation.setCode(new CodeableConcept(new Coding("http://loinc.org", loinc, null)));
    observation.setEffective(new DateTimeType(LocalDate.now().minusDays(30) + "T10:00:00Z"));
    observation.setValue(value);
    observation.setId(id(patient + "." + loinc));
    put(observation);
  }

  /** The uuid of the card that a hook call of our own record shows. */
  private UUID shown(String patient, String user) throws Exception {
    JsonNode cards = cards(patient, user);
    assertThat(cards).as(cards.toString()).hasSize(1);
    return UUID.fromString(cards.path(0).path("uuid").asText());
  }

  private JsonNode cards(String patient, String user) throws Exception {
    String call =
        """
        {"hook":"patient-view","hookInstance":"%s","fhirServer":"%s",
         "context":{"userId":"%s","patientId":"%s"}}
        """
            .formatted(UUID.randomUUID(), OUR_FHIR_SERVER, user, id(patient));
    HttpResponse<String> answer =
        caller()
            .send(
                caller()
                    .request("/cds-services/cvd-risk")
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(call)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body()).path("cards");
  }

  private String named(String name) {
    return "Practitioner/" + id(name);
  }

  /** A clinician of the north: who has seen a card is not shown it again unchanged. */
  private TokenHolder doctor(String name) {
    return clinician().with(c -> c.subject(name).claim("fhirUser", named(name)));
  }

  private String risk(String patient) throws Exception {
    String viewer = "Practitioner/" + UUID.randomUUID();
    return "RiskAssessment/" + CardId.journal(shown(patient, viewer)) + ".0";
  }

  private static String parameters(String... parts) {
    return "{\"resourceType\":\"Parameters\",\"parameter\":[" + String.join(",", parts) + "]}";
  }

  private static String part(String name, String type, String value) {
    return "{\"name\":\"%s\",\"value%s\":%s}".formatted(name, type, value);
  }

  private static final String OVERRIDDEN = part("outcome", "Code", "\"overridden\"");
  private static final String REASON =
      part(
          "reason",
          "Coding",
          "{\"system\":\"https://auscult.org/fhir/CodeSystem/override-reason\",\"code\":\"other\"}");

  private static String now() {
    return part("time", "Instant", "\"" + Instant.now().truncatedTo(ChronoUnit.MILLIS) + "\"");
  }

  private static String comment(String text) throws Exception {
    return part("comment", "String", JSON.writeValueAsString(text));
  }

  private Answer answer(TokenHolder who, String prediction, String... parts) {
    return who.post(prediction + "/$feedback", parameters(parts));
  }

  private Observation kept(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return fhirContext.newJsonParser().parseResource(Observation.class, answer.body());
  }

  /** Answered as soon as the card is shown, with the materialiser's loop held still. */
  @Test
  void answersAPredictionThatIsNotWrittenYet() throws Exception {
    loop.stop();
    try {
      String risk = risk("n1");

      Observation said = kept(answer(clinician(), risk, OVERRIDDEN));

      assertThat(said.getFocusFirstRep().getReference()).isEqualTo(risk);
      String unread = risk("n1");
      assertThat(clinician().get(unread).status())
          .as("read by one who may not read all")
          .isEqualTo(200);
    } finally {
      loop.start();
    }
  }

  @Test
  void keepsWhatAUserSaysOfAPredictionUnderTheirName() throws Exception {
    put(new Practitioner().setId(id("keeps")));
    UUID card = shown("n1", named("keeps"));
    String risk = "RiskAssessment/" + CardId.journal(card) + ".0";

    Observation said =
        kept(answer(doctor("keeps"), risk, OVERRIDDEN, now(), REASON, comment(COMMENT)));

    assertThat(said.getFocusFirstRep().getReference()).isEqualTo(risk);
    assertThat(said.getSubject().getReference()).isEqualTo("Patient/" + id("n1"));
    assertThat(said.getPerformerFirstRep().getReference()).isEqualTo(named("keeps"));
    assertThat(said.getMethod().getCodingFirstRep().getCode()).isEqualTo("app");
    assertThat(said.getValueCodeableConcept().getCodingFirstRep().getCode())
        .isEqualTo("overridden");
    assertThat(said.getComponentFirstRep().getValueCodeableConcept().getCodingFirstRep().getCode())
        .isEqualTo("other");
    assertThat(said.getNoteFirstRep().getText()).doesNotContain("<b>no</b>").contains("\\<b\\>");
    assertThat(said.getMeta().getVersionId()).isEqualTo("1");
    String id = said.getIdElement().getIdPart();
    assertThat(clinician().get("Observation/" + id).body()).contains(named("keeps"));
    Answer provenance = clinician().get("Provenance/" + id + ".provenance");
    assertThat(provenance.status()).as(provenance.body()).isEqualTo(200);
    Provenance by = fhirContext.newJsonParser().parseResource(Provenance.class, provenance.body());
    assertThat(by.getAgentFirstRep().getWho().getReference()).isEqualTo(named("keeps"));
    assertThat(by.getTargetFirstRep().getReference())
        .isEqualTo("Observation/" + id + "/_history/1");
    assertThat(
            bundle(
                    clinician()
                        .get(
                            "Observation?patient="
                                + id("n1")
                                + "&focus="
                                + risk
                                + "&performer="
                                + named("keeps")))
                .getEntry())
        .as("found by prediction and user")
        .hasSize(1);
  }

  @Test
  void countsTheSameAnswerOnce() throws Exception {
    String risk = risk("n1");
    String time = now();

    String id = kept(answer(clinician(), risk, OVERRIDDEN, time)).getIdElement().getIdPart();
    Observation again = kept(answer(clinician(), risk, OVERRIDDEN, time));
    Observation untimed = kept(answer(clinician(), risk, OVERRIDDEN));
    Observation colleague =
        kept(
            answer(
                clinician().with(c -> c.subject("b").claim("fhirUser", "Practitioner/b")),
                risk,
                OVERRIDDEN,
                time));

    assertThat(again.getIdElement().getIdPart()).isEqualTo(id);
    assertThat(untimed.getIdElement().getIdPart()).as("says what was said last").isEqualTo(id);
    assertThat(colleague.getIdElement().getIdPart()).isNotEqualTo(id);
    assertThat(
            bundle(clinician().get("Observation?patient=" + id("n1") + "&focus=" + risk))
                .getEntry())
        .filteredOn(e -> ((Observation) e.getResource()).hasPerformer())
        .hasSize(2);
  }

  /** Under patient scopes the launch's patient is one's own, and no other is. */
  @Test
  void anApplicationAnswersForTheLaunchsPatientWithTheScopesThatItTakes() throws Exception {
    String own = risk("n1");
    String scopes = "patient/RiskAssessment.r patient/Observation.cr";

    assertThat(answer(app(scopes), own, OVERRIDDEN).status()).isEqualTo(200);
    assertThat(
            answer(app("patient/RiskAssessment.r patient/Observation.r"), own, OVERRIDDEN).status())
        .isEqualTo(403);
    assertThat(
            answer(app(scopes).with(c -> c.claim("patient", id("n2"))), own, OVERRIDDEN).status())
        .isEqualTo(404);
  }

  /** Another site's prediction is as if it were not there; so is one that its patient withholds. */
  @Test
  void nobodyAnswersWhatIsOutOfReach() throws Exception {
    String foreign = risk("s1");
    String none = "RiskAssessment/" + CardId.journal(UUID.randomUUID()) + ".0";
    Answer hidden = answer(clinician(), foreign, OVERRIDDEN);
    Answer absent = answer(clinician(), none, OVERRIDDEN);
    assertThat(hidden.status()).isEqualTo(404);
    assertThat(hidden.body().replace(foreign.substring(15), none.substring(15)))
        .isEqualTo(absent.body());

    String withheld = risk("n1");
    Consent consent = new Consent();
    consent.setStatus(Consent.ConsentState.ACTIVE);
    consent.getScope().addCoding().setCode("patient-privacy");
    consent.addCategory().setText("test");
    consent.setPatient(new Reference("Patient/" + id("n1")));
    consent.getPolicyRule().addCoding().setCode("OPTOUT");
    consent.setId(id("consent"));
    put(consent);
    try {
      assertThat(answer(clinician(), withheld, OVERRIDDEN).status()).isEqualTo(404);
    } finally {
      client().delete().resourceById("Consent", id("consent")).execute();
    }
    assertThat(answer(clinician(), withheld, OVERRIDDEN).status()).isEqualTo(200);
  }

  /** A role alone does not make a clinician of a patient, nor a name of nobody. */
  @Test
  void onlyACliniciansNameStandsUnderAnAnswer() throws Exception {
    String risk = risk("n1");
    for (String user : List.of("Patient/" + id("n1"), "RelatedPerson/r1", "Person/p1")) {
      TokenHolder lay = clinician().with(c -> c.claim("fhirUser", user));
      assertThat(answer(lay, risk, OVERRIDDEN).status()).as(user).isEqualTo(403);
      assertThat(answer(lay.with(c -> c.claim("roles", null)), risk, OVERRIDDEN).status())
          .as(user)
          .isEqualTo(403);
    }
    TokenHolder unnamed = clinician().with(c -> c.claim("fhirUser", null));
    assertThat(answer(unnamed, risk, OVERRIDDEN).status()).isEqualTo(403);
    for (String role : List.of("informaticist", "safety-officer", "auditor", "approver")) {
      assertThat(answer(clinician().role(role), risk, OVERRIDDEN).status()).as(role).isEqualTo(403);
    }
    assertThat(answer(system(), risk, OVERRIDDEN).status()).isEqualTo(403);
    HttpRequest.Builder nobody =
        HttpRequest.newBuilder(URI.create(rootUrl() + "/fhir/" + risk + "/$feedback"))
            .header("Content-Type", "application/fhir+json")
            .POST(BodyPublishers.ofString(parameters(OVERRIDDEN)));
    assertThat(TokenHolder.send(nobody).status()).isEqualTo(401);
    assertThat(
            bundle(clinician().get("Observation?patient=" + id("n1") + "&focus=" + risk))
                .getEntry())
        .filteredOn(e -> ((Observation) e.getResource()).hasMethod())
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 | outcome | {'name':'comment','valueString':'x'}",
        "400 | outcome | {'name':'outcome','valueCode':'ignored'}",
        "400 | comment | {'name':'outcome','valueCode':'overridden'},{'name':'comment','valueString':'LONG'}",
        "400 | comment | {'name':'outcome','valueCode':'overridden'},{'name':'comment','valueString':'a\\u0007b'}",
        "400 | reason | {'name':'outcome','valueCode':'overridden'},{'name':'reason','valueCoding':{'code':'x'}}",
        "400 | reason | {'name':'outcome','valueCode':'accepted'},{'name':'reason','valueCoding':{'system':'urn:x','code':'x'}}",
        "400 | acceptedSuggestion | {'name':'outcome','valueCode':'overridden'},{'name':'acceptedSuggestion','valueString':'7f0c2c3e-58a5-4a55-9f3f-0a3d6c4b5e6f'}",
        "400 | acceptedSuggestion | {'name':'outcome','valueCode':'accepted'},{'name':'acceptedSuggestion','valueString':'x'}",
        "400 | time | {'name':'outcome','valueCode':'overridden'},{'name':'time','valueInstant':'2999-01-01T00:00:00Z'}",
        "422 | nothing to accept | {'name':'outcome','valueCode':'accepted'},{'name':'acceptedSuggestion','valueString':'7f0c2c3e-58a5-4a55-9f3f-0a3d6c4b5e6f'}"
      })
  void refusesWhatIsNoAnswer(int status, String says, String parts) throws Exception {
    Answer answer =
        answer(clinician(), risk("n1"), parts.replace('\'', '"').replace("LONG", "x".repeat(4001)));

    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains("OperationOutcome").contains(says);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Observation/%s", "Observation/EXPLANATION"})
  void refusesWhatIsNoPrediction(String path) throws Exception {
    String explanation = risk("n1").replace("RiskAssessment/", "") + ".explanation";
    String what = path.formatted(id("on1")).replace("EXPLANATION", explanation);

    assertThat(answer(clinician(), what, OVERRIDDEN).status()).isEqualTo(422);
    assertThat(clinician().get(what + "/$feedback?outcome=overridden").status())
        .isBetween(400, 405);
  }

  /** A value's Observation, made by an operation: no card of it was ever shown. */
  @Test
  void answersAPredictionWithoutACard() throws Exception {
    measured("n1", "2160-0", "1.4", "mg/dL");
    Answer predicted =
        clinician()
            .post(
                "Patient/" + id("n1") + "/$predict",
                parameters(
                    part(
                        "model",
                        "String",
                        "\"https://auscult.org/fhir/Library/ckd-epi-2021|1.0.0\"")));
    assertThat(predicted.status()).as(predicted.body()).isEqualTo(200);
    String value = JSON.readTree(predicted.body()).findValue("reference").asText();
    assertThat(value).startsWith("Observation/");

    Observation said = kept(answer(clinician(), value, OVERRIDDEN));

    assertThat(said.getFocusFirstRep().getReference()).isEqualTo(value);
  }

  /** A card that says why there is no number is answered on the resource that says so too. */
  @Test
  void answersACardWithoutANumber() throws Exception {
    UUID card = shown("n2", named("twoWays"));
    String call = "GuidanceResponse/" + CardId.journal(card) + ".call";

    Observation said = kept(answer(doctor("twoWays"), call, OVERRIDDEN));

    assertThat(said.getFocusFirstRep().getReference()).isEqualTo(call);
  }

  /** One core behind both ways: the same user's answer by the other way is the same one. */
  @Test
  void anEhrsFeedbackBearsTheNameOfTheUserToWhomTheCardWasShown() throws Exception {
    UUID card = shown("n1", named("twoWays"));
    String risk = "RiskAssessment/" + CardId.journal(card) + ".0";
    Instant at = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    HttpResponse<String> ofEhr =
        caller()
            .send(
                caller()
                    .request("/cds-services/cvd-risk/feedback")
                    .header("Content-Type", "application/json")
                    .POST(
                        BodyPublishers.ofString(
                            """
                            {"feedback":[{"card":"%s","outcome":"overridden",
                             "outcomeTimestamp":"%s"}]}
                            """
                                .formatted(card, at))));
    assertThat(ofEhr.statusCode()).as(ofEhr.body()).isEqualTo(200);

    Observation said =
        kept(
            answer(doctor("twoWays"), risk, OVERRIDDEN, part("time", "Instant", "\"" + at + "\"")));

    assertThat(said.getPerformerFirstRep().getReference()).isEqualTo(named("twoWays"));
    assertThat(said.getMethod().getCodingFirstRep().getCode()).isEqualTo("ehr");
  }

  /** No clinician's card, and nothing predicted, for a patient or a relative who looks. */
  @Test
  void aLayPersonGetsNoCardAndIsNotPredicted() throws Exception {
    int before = predictions();
    assertThat(cards("n1", "Patient/" + id("n1"))).isEmpty();
    assertThat(cards("n1", "RelatedPerson/r1")).isEmpty();
    assertThat(predictions()).isEqualTo(before);
    shown("n1", "Practitioner/" + UUID.randomUUID());
  }

  private int predictions() {
    return bundle(clinician().get("RiskAssessment?subject=Patient/" + id("n1") + "&_count=500"))
        .getEntry()
        .size();
  }

  /** Who answered stands in the log and in the report; the user's words in neither. */
  @Test
  void isRecordedWithItsUserAndWithoutTheirWords() throws Exception {
    String user = named("recorded");
    TokenHolder doctor = doctor("recorded");
    String risk = risk("n1");
    String path = risk + "/$feedback?comment=Quittenkern";
    assertThat(doctor.post(path, parameters(OVERRIDDEN, comment(COMMENT))).status()).isEqualTo(200);
    TokenHolder auditor = anybody().role("auditor").scope("user/*.rs");
    String search = "AuditEvent?type=feedback&agent=" + user + "&patient=" + id("n1");

    Answer found = auditor.get(search);
    for (int i = 0; i < MOST_WAITS && !bundle(found).hasEntry(); i++) {
      Thread.sleep(100);
      found = auditor.get(search);
    }

    assertThat(bundle(found).getEntry()).hasSize(1);
    assertThat(found.body()).contains("RiskAssessment/$feedback").contains(user);
    assertThat(withoutBase64(found.body())).doesNotContain("Quittenkern");
    Answer report = clinician().get("Patient/" + id("n1") + "/$ai-report?sort=-date&_count=500");
    assertThat(report.status()).as(report.body()).isEqualTo(200);
    assertThat(report.body()).contains(user).contains("\"app\"").doesNotContain("Quittenkern");
  }

  /** With what stands in it in base64 made plain. */
  private static String withoutBase64(String event) {
    StringBuilder plain = new StringBuilder(event);
    Matcher coded = Pattern.compile("\"query\"\\s*:\\s*\"([A-Za-z0-9+/=]+)\"").matcher(event);
    while (coded.find()) {
      plain.append(new String(Base64.getDecoder().decode(coded.group(1)), StandardCharsets.UTF_8));
    }
    return plain.toString();
  }

  /** Clients forge neither an answer nor what says whose it is. */
  @Test
  void nobodyWritesAnAnswerOtherwise() throws Exception {
    Observation said = kept(answer(clinician(), risk("n1"), OVERRIDDEN));
    String id = said.getIdElement().getIdPart();
    Observation forged = said.copy();
    forged.getPerformerFirstRep().setReference("Practitioner/another");
    Answer provenance = clinician().get("Provenance/" + id + ".provenance");
    Provenance ofAnother =
        fhirContext.newJsonParser().parseResource(Provenance.class, provenance.body());
    ofAnother.getAgentFirstRep().getWho().setReference("Practitioner/another");

    assertThat(clinician().put("Observation/" + id, json(forged)).status()).isEqualTo(403);
    assertThat(system().put("Observation/" + id, json(forged)).status()).isEqualTo(403);
    assertThat(system().put("Provenance/" + id + ".provenance", json(ofAnother)).status())
        .isEqualTo(403);
    assertThat(system().post("Observation", json((Observation) forged.setId(""))).status())
        .isEqualTo(403);
    Bundle versions = bundle(clinician().get("Observation/" + id + "/_history"));
    assertThat(versions.getEntry()).hasSize(1);
  }
}
