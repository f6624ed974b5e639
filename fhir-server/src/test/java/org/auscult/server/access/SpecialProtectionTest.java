package org.auscult.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.assertj.core.data.Offset;
import org.auscult.deployment.fhir.DeploymentUrls;
import org.auscult.feature.fhir.FeatureUrls;
import org.auscult.model.fhir.ModelUrls;
import org.auscult.server.access.TokenHolder.Answer;
import org.auscult.server.journal.Materialiser;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Library;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.PlanDefinition;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * A model takes a condition under special protection: patient n1's bears a label, n2's is protected
 * by its code alone. It is named to those who may be told, and to nobody else on any road.
 */
class SpecialProtectionTest extends AccessOverHttp {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ACT_CODE = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
  private static final String ICD = "http://hl7.org/fhir/sid/icd-10-cm";
  private static final String LOINC = "http://loinc.org";
  private static final String NEUTRAL = "inputs that are withheld from you";

  /** The words, the code, the day and the id of what is protected. */
  private final List<String> secrets =
      List.of("opioid", "f11.2", "2019-07-23", "jul 2019", "july 2019", id("opioid-disorder"));

  @Autowired private Materialiser materialiser;

  @Override
  void storeMore() {
    for (String name : List.of("clinician", "stranger")) {
      put(new Practitioner().setId(id(name)));
      PractitionerRole role = new PractitionerRole();
      role.setActive(true);
      role.setPractitioner(new Reference("Practitioner/" + id(name)));
      role.setOrganization(
          new Reference("Organization/" + id(name.equals("clinician") ? "north" : "south")));
      role.setId(id("role-" + name));
      put(role);
    }
    for (String patient : List.of("n1", "n2")) {
      measured(patient);
      Condition disorder = new Condition();
      disorder.setSubject(new Reference("Patient/" + id(patient)));
      disorder.setCode(
          new CodeableConcept(new Coding(ICD, "F11.20", "Opioid dependence, uncomplicated"))
              .setText("opioid dependence"));
      disorder.getClinicalStatus().addCoding(clinical("condition-clinical", "active"));
      disorder.getVerificationStatus().addCoding(clinical("condition-ver-status", "confirmed"));
      disorder.setOnset(new DateTimeType("2019-07-23"));
      disorder.setRecordedDateElement(new DateTimeType("2019-07-23"));
      if (patient.equals("n1")) {
        disorder.getMeta().addSecurity(ACT_CODE, "SUD", null);
      }
      disorder.setId(id("opioid-disorder" + patient));
      put(disorder);
    }
    definitions();
  }

  private static Coding clinical(String system, String code) {
    return new Coding("http://terminology.hl7.org/CodeSystem/" + system, code, null);
  }

  private void measured(String patient) {
    Patient person = new Patient();
    person.setManagingOrganization(new Reference("Organization/" + id("north")));
    person.setGender(AdministrativeGender.FEMALE);
    person.setBirthDateElement(new DateType("1971-04-05"));
    person.setId(id(patient));
    put(person);
    measure(patient, "2093-3", "210", "mg/dL");
    measure(patient, "2085-9", "45", "mg/dL");
    measure(patient, "8480-6", "150", "mm[Hg]");
    measure(patient, "39156-5", "29", "kg/m2");
    measure(patient, "98979-8", "80", "mL/min/{1.73_m2}");
    Observation smoking = measurement(patient, "72166-2");
    smoking.setValue(new CodeableConcept(new Coding("http://snomed.info/sct", "266919005", null)));
    put(smoking);
  }

  private void measure(String patient, String code, String value, String unit) {
    Observation observation = measurement(patient, code);
    observation.setValue(
        new Quantity()
            .setValue(new BigDecimal(value))
            .setSystem("http://unitsofmeasure.org")
            .setCode(unit)
            .setUnit(unit));
    put(observation);
  }

  private Observation measurement(String patient, String code) {
    Observation observation = new Observation();
    observation.setStatus(ObservationStatus.FINAL);
    observation.setCode(new CodeableConcept(new Coding(LOINC, code, null)));
    observation.setSubject(new Reference("Patient/" + id(patient)));
    observation.setEffective(new DateTimeType(Date.from(Instant.now().minus(Duration.ofDays(5)))));
    observation.setId(id(patient + "-" + code));
    return observation;
  }

  /** PREVENT, with an opioid use disorder where it asks for diabetes. */
  private void definitions() {
    Library feature = copy("feature-diabetes", "special-feature");
    feature.setName("opioid_use_disorder").setTitle("opioid use disorder");
    feature.setDescription("opioid use disorder");
    feature
        .getDataRequirementFirstRep()
        .getCodeFilterFirstRep()
        .setValueSet(null)
        .addCode(new Coding(ICD, "F11.20", null));
    put(feature);
    Library set = copy("prevent-inputs", "special-inputs");
    set.getRelatedArtifact().stream()
        .filter(a -> a.getResource().contains("feature-diabetes"))
        .forEach(a -> a.setResource(canonical("special-feature")));
    put(set);
    Library outcome = copy("outcome-new-diabetes", "special-outcome");
    outcome
        .getDataRequirementFirstRep()
        .getCodeFilterFirstRep()
        .setValueSet(null)
        .addCode(new Coding(ICD, "F11.20", null));
    put(outcome);
    put(model());
    PlanDefinition plan =
        client().read().resource(PlanDefinition.class).withId("cvd-risk").execute().copy();
    plan.setId(id("special-deployment"));
    plan.getMeta().setVersionId(null).setLastUpdated(null);
    plan.setUrl("https://example.org/" + id("special-deployment"));
    plan.setStatus(PublicationStatus.DRAFT);
    plan.getExtension()
        .removeIf(
            e ->
                e.getUrl().equals(DeploymentUrls.MODE)
                    || e.getUrl().equals(DeploymentUrls.DISPLAY));
    plan.getExtensionByUrl(DeploymentUrls.SERVICE).setValue(new StringType(service()));
    plan.getAction()
        .forEach(
            action ->
                action.getAction().stream()
                    .flatMap(a -> a.getExtensionsByUrl(DeploymentUrls.MODEL).stream())
                    .forEach(e -> e.setValue(new CanonicalType(canonical("special-model")))));
    put(plan);
  }

  /** Live during its tests alone: others look at what is offered. */
  @BeforeEach
  void goLive() {
    operation("$go-live");
  }

  private void operation(String name) {
    client()
        .operation()
        .onInstance("PlanDefinition/" + id("special-deployment"))
        .named(name)
        .withNoParameters(Parameters.class)
        .execute();
  }

  private Library model() {
    Library model = copy("prevent-2023", "special-model");
    model.getRelatedArtifactFirstRep().setResource(canonical("special-inputs"));
    for (Extension input : model.getExtensionsByUrl(ModelUrls.INPUT)) {
      if ("diabetes".equals(input.getExtensionString("feature"))) {
        input.getExtensionByUrl("name").setValue(new StringType("opioid"));
        input.getExtensionByUrl("title").setValue(new StringType("opioid use disorder"));
        input.getExtensionByUrl("feature").setValue(new StringType("opioid_use_disorder"));
      }
    }
    Extension use = model.addExtension().setUrl(ModelUrls.SENSITIVE_USE);
    use.addExtension("feature", new StringType("opioid_use_disorder"));
    use.addExtension("kind", new CodeType("substance-use"));
    use.addExtension("use", new StringType("for this test"));
    return model;
  }

  private Library copy(String id, String as) {
    Library copy = client().read().resource(Library.class).withId(id).execute().copy();
    copy.setId(id(as));
    copy.getMeta().setVersionId(null).setLastUpdated(null);
    copy.setUrl("https://example.org/" + id(as));
    // What the original's ValueSets expanded to says nothing of the copy's.
    copy.getExtension().removeIf(e -> e.getUrl().equals(FeatureUrls.EXPANSION));
    return copy;
  }

  private String canonical(String name) {
    return "https://example.org/" + id(name) + "|1.0.0";
  }

  private String service() {
    return "special-protection";
  }

  @AfterEach
  void withdraw() {
    put(consent(ConsentState.INACTIVE));
    operation("$suspend");
  }

  private Consent consent(ConsentState state) {
    Consent consent = new Consent();
    consent.setStatus(state);
    consent.getScope().addCoding().setCode("patient-privacy");
    consent.addCategory().setText("test");
    consent.setPatient(new Reference("Patient/" + id("n1")));
    consent.getPolicyRule().addCoding().setSystem(ACT_CODE).setCode("OPTIN");
    ProvisionComponent permit =
        consent.getProvision().addProvision().setType(ConsentProvisionType.PERMIT);
    permit
        .addActor()
        .setRole(new CodeableConcept())
        .setReference(new Reference("Practitioner/" + id("clinician")));
    permit.addSecurityLabel().setSystem(ACT_CODE).setCode("SUD");
    consent.setId(id("permission"));
    return consent;
  }

  private JsonNode call(String patient, String user, UUID instance) throws Exception {
    String body =
        """
        {"hook":"patient-view","hookInstance":"%s","fhirServer":"%s",
         "context":{"userId":"%s","patientId":"%s"}}
        """
            .formatted(instance, OUR_FHIR_SERVER, user, id(patient));
    HttpResponse<String> answer =
        caller()
            .send(
                caller()
                    .request("/cds-services/" + service())
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(body)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body()).path("cards");
  }

  private JsonNode card(String patient, String user) throws Exception {
    JsonNode cards = call(patient, user, UUID.randomUUID());
    assertThat(cards).as("%s", cards).hasSize(1);
    return cards.get(0);
  }

  private String journal(JsonNode card) throws Exception {
    while (materialiser.runOnce() > 0) {
      continue;
    }
    return card.path("extension").path("org.auscult.explanation").path("call").asText();
  }

  private String me() {
    return "Practitioner/" + id("clinician");
  }

  private void assertNoSecret(String road, String answer) {
    for (String secret : secrets) {
      assertThat(answer.toLowerCase(Locale.ROOT)).as("%s: %s", road, secret).doesNotContain(secret);
    }
  }

  /** Safety: 34. The number stays; what is protected stands under neutral words, summed. */
  @Test
  void aCardNamesNothingToOneWithoutPermission() throws Exception {
    for (String patient : List.of("n1", "n2")) {
      JsonNode open = card(patient, me());
      assertNoSecret("card of " + patient, open.toString());
      assertThat(open.path("detail").asText())
          .contains(NEUTRAL)
          .contains("systolic blood pressure");
      assertThat(open.path("summary").asText()).contains("%");
      JsonNode outputs =
          open.path("extension").path("org.auscult.explanation").path("outputs").get(0);
      double sum = outputs.path("base").asDouble();
      for (JsonNode contribution : outputs.path("contributions")) {
        sum += contribution.path("phi").asDouble();
      }
      assertThat(sum).isCloseTo(outputs.path("margin").asDouble(), within());
    }
  }

  private static Offset<Double> within() {
    return Offset.offset(1e-9);
  }

  /** Safety: 34. A consent that names user and label permits it; nobody else is told by it. */
  @Test
  void aCardNamesItToOneWhomThePatientPermits() throws Exception {
    put(consent(ConsentState.ACTIVE));

    String named = card("n1", me()).toString();
    assertThat(named).contains("opioid use disorder").doesNotContain(NEUTRAL);
    assertThat(named).contains(id("opioid-disordern1"));
    for (String other : List.of("Practitioner/" + id("stranger"), "Practitioner/nobody")) {
      assertNoSecret(other, call("n1", other, UUID.randomUUID()).toString());
    }
    assertNoSecret("another patient", card("n2", me()).toString());
  }

  /** Safety: 34. A retry by somebody else, or after the permission has ended, names nothing. */
  @Test
  void aRetryNamesNoMoreThanIsPermittedNow() throws Exception {
    put(consent(ConsentState.ACTIVE));
    UUID instance = UUID.randomUUID();
    JsonNode first = call("n1", me(), instance);
    assertThat(first.toString()).contains("opioid");
    assertThat(call("n1", me(), instance)).isEqualTo(first);

    put(consent(ConsentState.INACTIVE));

    JsonNode again = call("n1", me(), instance);
    assertThat(again.get(0).path("uuid")).isEqualTo(first.get(0).path("uuid"));
    assertThat(again.get(0).path("summary")).isEqualTo(first.get(0).path("summary"));
    assertNoSecret("retry", again.toString());
  }

  /** Safety: 34. An emergency opens it to the person that opened it, on cards too. */
  @Test
  void anEmergencyOpensItOnCards() throws Exception {
    String doctor = "Practitioner/" + id("emergency");
    put(new Practitioner().setId(id("emergency")));
    PractitionerRole role = new PractitionerRole();
    role.setActive(true);
    role.setPractitioner(new Reference(doctor));
    role.setOrganization(new Reference("Organization/" + id("north")));
    role.setId(id("role-emergency"));
    put(role);
    assertNoSecret("before", card("n1", doctor).toString());

    Answer broken =
        clinician()
            .with(c -> c.subject("emergency").claim("fhirUser", doctor))
            .post(
                "Patient/" + id("n1") + "/$break-glass",
                "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"reason\",\"valueString\":"
                    + "\"unconscious in the emergency room\"}]}");
    assertThat(broken.status()).as(broken.body()).isEqualTo(200);

    assertThat(card("n1", doctor).toString()).contains("opioid use disorder");
    assertNoSecret("another", card("n1", me()).toString());
  }

  /** Safety: 34. What is stored of the prediction is seen; what names the condition is not. */
  @Test
  void recordsOfThePredictionNameNothingOnAnyRoad() throws Exception {
    for (String patient : List.of("n1", "n2")) {
      String journal = journal(card(patient, me()));
      String risk = "RiskAssessment/" + journal + ".0";
      String explanation = "Observation/" + journal + ".0.explanation";
      String sources = "Provenance/" + journal + ".provenance";
      for (String hidden : List.of(explanation, sources + ".protected")) {
        assertThat(system().get(hidden).body())
            .as(hidden)
            .contains(id("opioid-disorder" + patient));
        assertThat(clinician().get(hidden).status()).as(hidden).isEqualTo(404);
        assertThat(clinician().get(hidden + "/_history/1").status()).as(hidden).isEqualTo(404);
        assertThat(clinician().get(hidden + "/_history").status()).as(hidden).isEqualTo(404);
      }
      String of = "Patient/" + id(patient);
      List<String> roads =
          new ArrayList<>(
              List.of(
                  risk,
                  risk + "/_history/1",
                  sources,
                  "RiskAssessment?subject=" + of + "&_include=*",
                  "Observation?subject=" + of + "&_count=500",
                  "Observation?focus=" + risk,
                  "Provenance?target=" + risk + "&_include=Provenance:target",
                  "RiskAssessment?_id=" + journal + ".0&_revinclude=Provenance:target",
                  "GuidanceResponse?subject=" + of,
                  of + "/$ai-report",
                  of + "/$ai-report?_outputFormat=text/csv",
                  of + "/$ai-report?_outputFormat=application/fhir%2Bndjson",
                  of + "/$features?featureSet=" + canonical("special-inputs")));
      if (patient.equals("n1")) {
        roads.addAll(
            List.of(of + "/$everything?_count=500", of + "/$timeline", "Condition?subject=" + of));
      }
      for (String road : roads) {
        Answer answer = clinician().get(road);
        assertNoSecret(road, answer.body());
      }
      assertThat(clinician().get(risk).status()).as("the number is seen").isEqualTo(200);
      assertThat(clinician().get(sources).status()).isEqualTo(200);
    }
  }

  /** Safety: 34. The operations themselves, where no label stands on the record. */
  @Test
  void operationsNameNothing() throws Exception {
    journal(card("n2", me()));
    String of = "Patient/" + id("n2");
    Answer features = clinician().get(of + "/$features?featureSet=" + canonical("special-inputs"));
    assertThat(features.status()).isEqualTo(403);
    String label = of + "/$label?indexTime=2024-05-03&definition=";
    assertThat(clinician().get(label + canonical("special-outcome")).status()).isEqualTo(403);
    assertThat(
            clinician()
                .get(label + "https://auscult.org/fhir/Library/outcome-new-diabetes%7C1.0.0")
                .status())
        .as("an outcome without it")
        .isEqualTo(200);
    assertThat(
            clinician()
                .get(of + "/$features?featureSet=https://auscult.org/fhir/Library/prevent-inputs")
                .status())
        .as("a set without it")
        .isEqualTo(200);
    assertThat(clinician().get(of + "/$timeline").status())
        .as("a labelled explanation is no part of the record")
        .isEqualTo(200);
    String asked =
        "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"model\",\"valueString\":\""
            + canonical("special-model")
            + "\"}]}";
    Answer predicted = clinician().post(of + "/$predict", asked);
    assertThat(predicted.status()).as(predicted.body()).isEqualTo(200);
    assertNoSecret("$predict", predicted.body());
    Answer report = clinician().get(of + "/$ai-report");
    for (int i = 0; i < 100 && !report.body().contains(NEUTRAL); i++) {
      // The report shows what the log has put in order.
      Thread.sleep(100);
      report = clinician().get(of + "/$ai-report");
    }
    assertThat(report.status()).as(report.body()).isEqualTo(200);
    assertThat(report.body()).contains(NEUTRAL).contains("\"sbp\"");
    assertThat(system().get(of + "/$ai-report").body()).contains("\"opioid\"");
  }

  /** Safety: 34. The log names models and cards, and no condition. */
  @Test
  void theLogNamesNothing() throws Exception {
    card("n1", me());
    Answer events =
        anybody()
            .role("auditor")
            .scope("user/*.rs")
            .get("AuditEvent?patient=Patient/" + id("n1") + "&_count=50");
    assertThat(events.status()).as(events.body()).isEqualTo(200);
    // An auditor sees which resources were written, by their ids, and nothing of what they say.
    assertNoSecret("log", events.body().replace(id("opioid-disorder"), ""));
  }

  /** Safety: 34. All problems at once, and what older models have is left to them. */
  @Test
  void aModelRegistersWhatItTakes() {
    Library model = model();
    model.setId(id("special-unregistered"));
    model.setUrl("https://example.org/" + id("special-unregistered"));
    model.getExtension().removeIf(e -> e.getUrl().equals(ModelUrls.SENSITIVE_USE));
    model.getExtension().removeIf(e -> e.getUrl().equals(ModelUrls.DEVICE_STATUS));
    model.setUsage(null);

    Answer refused = system().put("Library/" + id("special-unregistered"), json(model));

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.body())
        .contains("age is sensitive (age)")
        .contains("sex is sensitive (sex)")
        .contains("opioid_use_disorder is sensitive (substance-use)")
        .contains("intended use")
        .contains("whether it is a device");
  }
}
