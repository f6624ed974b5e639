package org.auscult.server.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.IInterceptorService;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.auscult.model.fhir.ModelUrls;
import org.auscult.prediction.CardId;
import org.auscult.server.OpenedChart;
import org.auscult.server.ServerTest;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RiskAssessment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** From a hook call to its resources, with the materialiser's loop held still. */
class HookToFhirTest extends ServerTest {
  private static final String AI_ASSERTED =
      "http://terminology.hl7.org/CodeSystem/v3-ObservationValue|AIAST";

  @Autowired private MaterialiserLoop loop;
  @Autowired private Materialiser materialiser;
  @Autowired private DataSource dataSource;
  @Autowired private IInterceptorService storage;

  private final String patient = "p-" + UUID.randomUUID();

  @BeforeEach
  void holdStill() {
    loop.stop();
    drain();
  }

  @AfterEach
  void goOn() {
    loop.start();
  }

  /** The minimal Patient is made in the transaction that also refers to it. Safety: 2. */
  @Test
  void whatIsSaidOfANewPatientIsFoundByThePatient() throws Exception {
    chart().call(UUID.randomUUID());
    drain();
    chart().call(UUID.randomUUID());
    drain();

    List<Bundle.BundleEntryComponent> patients =
        client()
            .search()
            .byUrl("Patient?identifier=" + OpenedChart.EHR + "|" + patient)
            .returnBundle(Bundle.class)
            .execute()
            .getEntry();
    assertThat(patients).hasSize(1);
    String id = patients.get(0).getResource().getIdElement().getIdPart();
    for (String type : List.of("RiskAssessment", "Observation")) {
      assertThat(
              client()
                  .search()
                  .byUrl(type + "?subject=Patient/" + id)
                  .returnBundle(Bundle.class)
                  .execute()
                  .getEntry())
          .as(type)
          .hasSize(2);
    }
  }

  @Test
  void aReaderOfAPendingPredictionGetsIt() throws Exception {
    UUID journal = CardId.journal(chart().call(UUID.randomUUID()));

    RiskAssessment risk = risk(journal);

    assertThat(risk.getMeta().getVersionId()).isEqualTo("1");
    assertThat(risk.getPrediction()).hasSize(3);
    assertThat(materialiser.backlog()).isZero();
  }

  @Test
  void anUnknownIdIsNotFound() {
    assertThatThrownBy(() -> risk(CardId.journal(UUID.randomUUID())))
        .isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  void storedReferencesKeepTheirVersions() throws Exception {
    UUID journal = CardId.journal(chart().call(UUID.randomUUID()));
    drain();

    Provenance provenance =
        client().read().resource(Provenance.class).withId(journal + ".provenance").execute();
    Observation explanation =
        client().read().resource(Observation.class).withId(journal + ".0.explanation").execute();

    assertThat(provenance.getTarget())
        .extracting(Reference::getReference)
        .containsExactly(
            "RiskAssessment/" + journal + ".0/_history/1",
            "Observation/" + journal + ".0.explanation/_history/1");
    assertThat(explanation.getFocusFirstRep().getReference())
        .isEqualTo("RiskAssessment/" + journal + ".0/_history/1");
  }

  @Test
  void anExplanationIsFoundByWhatItIsAndNotByTheInputsItExplains() throws Exception {
    String id = CardId.journal(chart().call(UUID.randomUUID())) + ".0.explanation";
    drain();
    Observation explanation = client().read().resource(Observation.class).withId(id).execute();
    String code = token(explanation.getCode().getCodingFirstRep());
    String input = token(explanation.getComponentFirstRep().getCode().getCodingFirstRep());

    assertThat(found("Observation?_id=" + id + "&code=" + code)).isEqualTo(1);
    assertThat(found("Observation?_id=" + id + "&component-code=" + input)).isZero();
    assertThat(found("Observation?_id=" + id + "&combo-code=" + input)).isZero();
  }

  /** Transparency: 12. */
  @Test
  void whatAModelWroteIsFoundByProvenanceAndByLabel() throws Exception {
    UUID journal = CardId.journal(chart().call(UUID.randomUUID()));
    drain();
    String risk = "RiskAssessment/" + journal + ".0";
    Provenance provenance =
        client().read().resource(Provenance.class).withId(journal + ".provenance").execute();
    String own = "Provenance?_id=" + journal + ".provenance";
    String model = provenance.getAgentFirstRep().getWho().getReference();
    String evidence = provenance.getEntityFirstRep().getWhat().getReference();

    assertThat(found("Provenance?target=" + risk)).isEqualTo(1);
    assertThat(found(own + "&agent=" + model)).isEqualTo(1);
    assertThat(found(own + "&agent=Device/another")).isZero();
    assertThat(found(own + "&entity=" + evidence)).isEqualTo(1);
    assertThat(found(own + "&entity=" + evidence + "0")).isZero();
    assertThat(found(own + "&reason=" + AI_ASSERTED)).isEqualTo(1);
    assertThat(found("Provenance?reason=AIAST&target=" + risk)).isEqualTo(1);
    assertThat(found(own + "&reason=TREAT")).isZero();
    for (String written : List.of(risk, "Observation/" + journal + ".0.explanation")) {
      String search = written.replace("/", "?_id=");
      assertThat(found(search + "&_security=" + AI_ASSERTED)).as(search).isEqualTo(1);
      assertThat(found(search + "&_security=" + AI_ASSERTED + "0")).as(search).isZero();
    }
  }

  /** Fails at the last resource of the inference. Transparency: 14. */
  @Test
  void resourcesOfOneInferenceAreStoredTogetherOrNotAtAll() throws Exception {
    UUID journal = CardId.journal(chart().call(UUID.randomUUID()));
    Object fault = new ProvenanceFault(journal);
    storage.registerInterceptor(fault);
    try {
      materialiser.runOnce();
    } finally {
      storage.unregisterInterceptor(fault);
    }
    String written = "hfj_resource where fhir_id like '" + journal + "%'";
    assertThat(JournalDatabase.count(dataSource, written)).isZero();

    for (int i = 0; i < 100 && materialiser.backlog() > 0; i++) {
      Thread.sleep(100);
      materialiser.runOnce();
    }

    assertThat(JournalDatabase.count(dataSource, written)).isGreaterThanOrEqualTo(3);
    assertThat(materialiser.backlog() + materialiser.parked()).isZero();
  }

  /** Lets no Provenance of this entry be stored. */
  @Interceptor
  public static final class ProvenanceFault {
    private final UUID journal;

    ProvenanceFault(UUID journal) {
      this.journal = journal;
    }

    @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_CREATED)
    public void created(IBaseResource resource) {
      if (resource instanceof Provenance
          && resource.getIdElement().getIdPart().startsWith(journal.toString())) {
        throw new IllegalStateException("a fault of the test");
      }
    }
  }

  /** There is one for each call: a record that is opened often must not grow by them. */
  @Test
  void anExplanationIsNoFactOfThePatient() throws Exception {
    String id = CardId.journal(chart().call(UUID.randomUUID())) + ".0.explanation";
    drain();

    assertThat(JournalDatabase.count(dataSource, "hfj_resource where fhir_id = '" + id + "'"))
        .isEqualTo(1);
    for (String table : List.of("clinical_fact", "timeline_change")) {
      assertThat(JournalDatabase.count(dataSource, table + " where source_id = '" + id + "'"))
          .as(table)
          .isZero();
    }
  }

  @Test
  void aMeasurementIsFoundByItsComponents() {
    Coding systolic = new Coding("http://loinc.org", "8480-6", null);
    Observation panel = new Observation();
    panel.setStatus(Observation.ObservationStatus.FINAL);
    panel.getCode().addCoding().setSystem("http://loinc.org").setCode("85354-9");
    panel.addComponent().setValue(new Quantity(120).setUnit("mmHg")).getCode().addCoding(systolic);
    String id = client().create().resource(panel).execute().getId().getIdPart();

    assertThat(found("Observation?_id=" + id + "&component-code=" + token(systolic))).isEqualTo(1);
    assertThat(found("Observation?_id=" + id + "&combo-code=" + token(systolic))).isEqualTo(1);
    assertThat(found("Observation?_id=" + id + "&combo-value-quantity=120")).isEqualTo(1);
  }

  private static String token(Coding coding) {
    return coding.getSystem() + "|" + coding.getCode();
  }

  private int found(String search) {
    return client().search().byUrl(search).returnBundle(Bundle.class).execute().getEntry().size();
  }

  @Test
  void evidenceOfAnotherServerIsNamedWithThatServer() throws Exception {
    RiskAssessment risk = risk(CardId.journal(chart().call(UUID.randomUUID())));

    assertThat(risk.getBasis())
        .isNotEmpty()
        .allSatisfy(b -> assertThat(b.getReference()).startsWith(OpenedChart.EHR + "/"));
  }

  @Test
  void aForeignPatientGetsOneMinimalPatientHere() throws Exception {
    RiskAssessment first = risk(CardId.journal(chart().call(UUID.randomUUID())));
    RiskAssessment second = risk(CardId.journal(chart().call(UUID.randomUUID())));

    assertThat(second.getSubject().getReference()).isEqualTo(first.getSubject().getReference());
    Patient minimal =
        client()
            .read()
            .resource(Patient.class)
            .withId(first.getSubject().getReferenceElement().getIdPart())
            .execute();
    assertThat(minimal.getIdentifierFirstRep().getSystem()).isEqualTo(OpenedChart.EHR);
    assertThat(minimal.getIdentifierFirstRep().getValue()).isEqualTo(patient);
    assertThat(minimal.hasName() || minimal.hasBirthDate() || minimal.hasGender()).isFalse();
    assertThat(minimal.getMeta().getVersionId()).isEqualTo("1");
  }

  @Test
  void writingAgainMakesNoNewVersion() throws Exception {
    UUID journal = CardId.journal(chart().call(UUID.randomUUID()));
    drain();
    JournalDatabase.execute(
        dataSource, "update prediction_journal set state = 'PENDING' where id = '" + journal + "'");

    drain();

    assertThat(materialiser.backlog() + materialiser.parked()).isZero();
    for (String id :
        List.of(
            "RiskAssessment/" + journal + ".0",
            "Observation/" + journal + ".0.explanation",
            "Provenance/" + journal + ".provenance")) {
      assertThat(versions(id)).as(id).isEqualTo(1);
    }
  }

  @Test
  void aRetryGivesTheSameCard() throws Exception {
    UUID instance = UUID.randomUUID();

    assertThat(chart().call(instance)).isEqualTo(chart().call(instance));
  }

  @Test
  void anAnswerBecomesAnObservationAboutThePrediction() throws Exception {
    UUID card = chart().call(UUID.randomUUID());
    String answer =
        """
        {"feedback":[{"card":"%s","outcome":"overridden","outcomeTimestamp":"2024-05-03T10:00:00Z",
         "overrideReason":{"reason":{"code":"other","system":"https://auscult.org/fhir/CodeSystem/override-reason"},"userComment":"seen"}}]}
        """
            .formatted(card);

    assertThat(chart().post("/feedback", answer).statusCode()).isEqualTo(200);
    assertThat(chart().post("/feedback", answer).statusCode()).isEqualTo(200);
    drain();

    UUID journal = CardId.journal(card);
    Bundle found =
        client()
            .search()
            .forResource(Observation.class)
            .withProfile(ModelUrls.FEEDBACK)
            .returnBundle(Bundle.class)
            .count(500)
            .execute();
    List<Observation> about =
        found.getEntry().stream()
            .map(e -> (Observation) e.getResource())
            .filter(o -> o.getFocusFirstRep().getReference().contains(journal.toString()))
            .toList();
    assertThat(about).hasSize(1);
    assertThat(about.get(0).getFocusFirstRep().getReference())
        .isEqualTo("RiskAssessment/" + journal + ".0");
    assertThat(about.get(0).getSubject().getReference())
        .isEqualTo(risk(journal).getSubject().getReference());
  }

  private void drain() {
    while (materialiser.runOnce() > 0) {
      assertThat(materialiser.parked()).isZero();
    }
  }

  private RiskAssessment risk(UUID journal) {
    return client().read().resource(RiskAssessment.class).withId(journal + ".0").execute();
  }

  private int versions(String id) {
    IGenericClient client = client();
    return client.history().onInstance(id).returnBundle(Bundle.class).execute().getEntry().size();
  }

  private OpenedChart chart() {
    return new OpenedChart(caller(), patient);
  }
}
