package org.auscult.server.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.model.api.TemporalPrecisionEnum;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.auscult.model.fhir.ModelUrls;
import org.auscult.outcome.fhir.OutcomeUrls;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Library;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.springframework.jdbc.core.JdbcTemplate;

/** What is asked of the outcome loop on either database. */
final class OutcomeScenarios {
  private static final String DIABETES =
      "https://auscult.org/fhir/Library/outcome-new-diabetes|1.0.0";
  private static final String SNOMED = "http://snomed.info/sct";
  private static final String DIABETES_TYPE_2 = "44054006";
  private static final Duration SIX_YEARS = Duration.ofDays(6 * 366);

  private final IGenericClient client;
  private final JdbcTemplate jdbc;
  private final OutcomeRound round;

  OutcomeScenarios(IGenericClient client, JdbcTemplate jdbc, OutcomeRound round) {
    this.client = client;
    this.jdbc = jdbc;
    this.round = round;
  }

  void whatHappensIsLabelledOnceWithItsEvidence() throws InterruptedException {
    String patient = patient();
    String prediction = predict(patient);
    settle();
    assertThat(labels(prediction)).as("nothing has happened yet, and still may").isEmpty();
    assertThat(due(prediction)).isEqualTo(1);

    String condition = create(diabetes(patient));
    settle();
    settle();

    Observation label = label(prediction);
    assertThat(label.getValueCodeableConcept().getCodingFirstRep().getCode()).isEqualTo("event");
    assertThat(label.getStatus()).isEqualTo(ObservationStatus.FINAL);
    assertThat(label.getIdElement().getVersionIdPart()).isEqualTo("1");
    assertThat(label.getSubject().getReference()).isEqualTo("Patient/" + patient);
    assertThat(evidence(label)).containsExactly("Condition/" + condition + "/_history/1");
    assertThat(due(prediction)).as("nothing changes it by time alone").isZero();
    assertThat(closes(prediction)).as("the horizon is open still").isAfter(Instant.now());
    // As a migration asks it of labels of before.
    jdbc.update(
        "update outcome_case set due_at = 0, closes_at = null where prediction = ?", prediction);
    settle();
    assertThat(closes(prediction)).isAfter(Instant.now());
    assertThat(label(prediction).getIdElement().getVersionIdPart()).isEqualTo("1");
    Provenance provenance = provenance(label);
    assertThat(provenance.getTargetFirstRep().getReference())
        .endsWith(label.getIdElement().getIdPart() + "/_history/1");
    assertThat(provenance.getEntity())
        .extracting(e -> e.getWhat().getReference())
        .contains("Condition/" + condition + "/_history/1");
  }

  void aCorrectionGivesALabelOfItsOwn() throws InterruptedException {
    String patient = patient();
    String prediction = predict(patient);
    Condition condition = diabetes(patient);
    condition.setId("Condition/" + create(condition));
    settle();

    condition
        .getVerificationStatus()
        .addCoding()
        .setSystem("http://terminology.hl7.org/CodeSystem/condition-ver-status")
        .setCode("entered-in-error");
    condition.setClinicalStatus(null);
    client.update().resource(condition).execute();
    settle();

    Observation open = label(prediction);
    assertThat(open.getStatus()).isEqualTo(ObservationStatus.PRELIMINARY);
    assertThat(open.getValueCodeableConcept().getCodingFirstRep().getCode()).isEqualTo("censored");
    assertThat(reason(open)).isEqualTo("horizon-open");
    assertThat(open.getIdElement().getVersionIdPart()).isEqualTo("2");
    assertThat(due(prediction)).isEqualTo(1);
    Observation before =
        client
            .read()
            .resource(Observation.class)
            .withIdAndVersion(open.getIdElement().getIdPart(), "1")
            .execute();
    assertThat(before.getValueCodeableConcept().getCodingFirstRep().getCode()).isEqualTo("event");

    create(diabetes(patient));
    settle();
    assertThat(label(prediction).getStatus()).isEqualTo(ObservationStatus.CORRECTED);
    assertThat(
            jdbc.queryForList(
                "select label from outcome_label l join outcome_case c on c.id = l.case_id where"
                    + " c.prediction = ? order by l.sequence",
                String.class,
                prediction))
        .containsExactly("event", "censored", "event");
  }

  /** Nothing is written, and yet the horizon ends. */
  void aHorizonThatEndsNeedsProofOfFollowUp() throws InterruptedException {
    String patient = patient();
    String prediction = predict(patient);
    settle();
    long then = Instant.now().minus(SIX_YEARS).toEpochMilli();
    jdbc.update(
        "update outcome_case set index_time = ?, due_at = ? where prediction = ?",
        then,
        then,
        prediction);

    settle();
    assertThat(reason(label(prediction))).isEqualTo("not-followed");
    assertThat(due(prediction)).isZero();

    String visit = create(visit(patient));
    settle();
    Observation none = label(prediction);
    assertThat(none.getValueCodeableConcept().getCodingFirstRep().getCode()).isEqualTo("no-event");
    assertThat(evidence(none)).containsExactly("Encounter/" + visit + "/_history/1");
  }

  /** Who was seen at a site whose diagnoses have not come for two years. */
  void aSilentFeedProvesNothingUntilItIsHeardAgain() throws InterruptedException {
    String patient = patient();
    String prediction = predict(patient);
    settle();
    String site = create(new Organization().setName("north"));
    Encounter visit = visit(patient);
    visit.setServiceProvider(new Reference("Organization/" + site));
    create(visit);
    long lastHeard = hour(Instant.now().minus(Duration.ofDays(730)));
    for (int i = 0; i < 24 * 20; i++) {
      heard(site, lastHeard - i);
    }
    long then = Instant.now().minus(SIX_YEARS).toEpochMilli();
    jdbc.update(
        "update outcome_case set index_time = ?, due_at = ? where prediction = ?",
        then,
        then,
        prediction);

    settle();
    Observation silent = label(prediction);
    assertThat(reason(silent)).isEqualTo("feed-silent");
    assertThat(silent.getStatus()).isEqualTo(ObservationStatus.FINAL);
    assertThat(
            ((DateTimeType) silent.getExtensionByUrl(OutcomeUrls.LABEL_TIME).getValue())
                .getValue()
                .toInstant())
        .isEqualTo(Instant.ofEpochSecond((lastHeard + 1) * 3600));
    assertThat(due(prediction)).as("it is looked at again").isEqualTo(1);

    heard(site, hour(Instant.now()) - 2);
    jdbc.update("update outcome_case set due_at = 0 where prediction = ?", prediction);
    settle();
    Observation none = label(prediction);
    assertThat(none.getValueCodeableConcept().getCodingFirstRep().getCode()).isEqualTo("no-event");
    assertThat(none.getStatus()).isEqualTo(ObservationStatus.CORRECTED);
    assertThat(due(prediction)).isZero();
    jdbc.update("delete from source_heard where site = ?", site);
  }

  private void heard(String site, long hour) {
    jdbc.update(
        "insert into source_heard (site, kind, heard_hour) values (?, 'CONDITION', ?)", site, hour);
  }

  private static long hour(Instant instant) {
    return instant.getEpochSecond() / 3600;
  }

  /** A client that has read the history before sees each later version. */
  void aHistoryHasAllVersions() throws InterruptedException {
    String patient = patient();
    String prediction = predict(patient);
    Condition condition = diabetes(patient);
    condition.setId("Condition/" + create(condition));
    settle();
    String label = label(prediction).getIdElement().getIdPart();
    assertThat(history(label)).isEqualTo(1);

    condition.addNote().setText("seen again");
    client.update().resource(condition).execute();
    settle();
    assertThat(history(label)).isEqualTo(2);
  }

  private int history(String label) {
    return client
        .history()
        .onInstance("Observation/" + label)
        .returnBundle(Bundle.class)
        .execute()
        .getEntry()
        .size();
  }

  void aMergeTakesPredictionsAlong() throws InterruptedException {
    String patient = patient();
    String prediction = predict(patient);
    String into = patient();
    Patient merged = client.read().resource(Patient.class).withId(patient).execute();
    merged
        .addLink()
        .setOther(new Reference("Patient/" + into))
        .setType(Patient.LinkType.REPLACEDBY);
    client.update().resource(merged).execute();
    settle();

    create(diabetes(into));
    settle();

    Observation label = label(prediction);
    assertThat(label.getValueCodeableConcept().getCodingFirstRep().getCode()).isEqualTo("event");
    assertThat(label.getSubject().getReference()).isEqualTo("Patient/" + patient);
  }

  void aLabelIsNoFactAndNobodyElsesToWrite() throws InterruptedException {
    String patient = patient();
    String prediction = predict(patient);
    create(diabetes(patient));
    Long before = epoch(patient);
    settle();
    Observation label = label(prediction);
    assertThat(epoch(patient)).isEqualTo(before);

    label.setValue(
        new CodeableConcept()
            .addCoding(new Coding().setSystem(OutcomeUrls.LABEL_SYSTEM).setCode("no-event")));
    assertThatThrownBy(() -> client.update().resource(label).execute())
        .isInstanceOf(ForbiddenOperationException.class);
    assertThatThrownBy(
            () ->
                client
                    .delete()
                    .resourceById("Observation", label.getIdElement().getIdPart())
                    .execute())
        .isInstanceOf(ForbiddenOperationException.class);
    label.setId((String) null);
    assertThatThrownBy(() -> client.create().resource(label).execute())
        .isInstanceOf(ForbiddenOperationException.class);
  }

  /** What cannot be labelled waits, and holds nobody up. */
  void whoFailsIsTriedLaterAndHoldsNobodyUp() throws InterruptedException {
    String broken = patient();
    String lost = predict(broken);
    jdbc.update(
        "update outcome_case set outcome = 'https://example.org/gone|1' where prediction = ?",
        lost);
    create(diabetes(broken));
    String patient = patient();
    String prediction = predict(patient);
    create(diabetes(patient));

    settle();

    assertThat(labels(prediction)).hasSize(1);
    assertThat(labels(lost)).isEmpty();
    assertThat(
            jdbc.queryForList(
                "select attempts from outcome_inbox where patient = ?", Integer.class, broken))
        .isNotEmpty()
        .allMatch(attempts -> attempts > 0);

    jdbc.update("update outcome_case set outcome = ? where prediction = ?", DIABETES, lost);
    jdbc.update("update outcome_inbox set not_before = 0 where patient = ?", broken);
    settle();
    assertThat(labels(lost)).hasSize(1);
  }

  /** Rounds on several nodes at once say nothing twice. */
  void roundsAtOnceSayNothingTwice() throws Exception {
    String patient = patient();
    List<String> predictions = List.of(predict(patient), predict(patient), predict(patient));
    for (int i = 0; i < 5; i++) {
      create(visit(patient));
    }
    create(diabetes(patient));
    Thread[] nodes = new Thread[3];
    for (int i = 0; i < nodes.length; i++) {
      nodes[i] = new Thread(() -> round.runAll(() -> true));
      nodes[i].start();
    }
    for (Thread node : nodes) {
      node.join();
    }
    settle();
    for (String prediction : predictions) {
      assertThat(label(prediction).getIdElement().getVersionIdPart()).isEqualTo("1");
    }
    assertThat(
            jdbc.queryForObject(
                "select count(*) from outcome_inbox where patient = ?", Long.class, patient))
        .isZero();
  }

  /** Until nothing waits any more: the server's own round may have a patient in hand. */
  private void settle() throws InterruptedException {
    for (int i = 0; i < 400; i++) {
      round.runAll(() -> true);
      long now = System.currentTimeMillis();
      if (count("select count(*) from outcome_inbox where not_before <= ?", now) == 0
          && count("select count(*) from outcome_case where due_at <= ?", now) == 0) {
        return;
      }
      Thread.sleep(25);
    }
    throw new AssertionError("the rounds do not end");
  }

  private long count(String sql, long now) {
    return Objects.requireNonNull(jdbc.queryForObject(sql, Long.class, now));
  }

  private List<Observation> labels(String prediction) {
    return client
        .search()
        .byUrl(
            "Observation?focus="
                + prediction
                + "&category="
                + ModelUrls.CATEGORY_SYSTEM
                + "|outcome-label")
        .returnBundle(Bundle.class)
        .execute()
        .getEntry()
        .stream()
        .map(e -> (Observation) e.getResource())
        .toList();
  }

  private Observation label(String prediction) {
    List<Observation> found = labels(prediction);
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private Provenance provenance(Observation label) {
    return client
        .read()
        .resource(Provenance.class)
        .withId(label.getIdElement().getIdPart() + ".provenance")
        .execute();
  }

  private static List<String> evidence(Observation label) {
    return label.getExtensionsByUrl(OutcomeUrls.EVIDENCE).stream()
        .map(e -> ((Reference) e.getValue()).getReference())
        .toList();
  }

  private static String reason(Observation label) {
    return label.getComponentFirstRep().getValueCodeableConcept().getCodingFirstRep().getCode();
  }

  private Instant closes(String prediction) {
    return Instant.ofEpochMilli(
        Objects.requireNonNull(
            jdbc.queryForObject(
                "select closes_at from outcome_case where prediction = ?",
                Long.class,
                prediction)));
  }

  private int due(String prediction) {
    Integer rows =
        jdbc.queryForObject(
            "select count(*) from outcome_case where prediction = ? and due_at is not null",
            Integer.class,
            prediction);
    return Objects.requireNonNull(rows);
  }

  private Long epoch(String patient) {
    return Objects.requireNonNull(
        jdbc.queryForObject(
            "select epoch from patient_epoch where patient = ?", Long.class, patient));
  }

  /** A model of now whose outcome is observed; waits until its resources are written. */
  private String predict(String patient) throws InterruptedException {
    create(creatinine(patient));
    Parameters answer =
        client
            .operation()
            .onInstance("Patient/" + patient)
            .named("$predict")
            .withParameter(Parameters.class, "model", new StringType(model()))
            .execute();
    String written =
        answer.getParameter().get(0).getPart().stream()
            .filter(p -> p.getName().equals("resource"))
            .map(ParametersParameterComponent::getValue)
            .map(v -> ((Reference) v).getReference())
            .findFirst()
            .orElseThrow();
    String journal = written.substring(written.indexOf('/') + 1, written.lastIndexOf('.'));
    for (int i = 0; i < 400; i++) {
      if (jdbc.queryForList(
              "select state from prediction_journal where id = ?", String.class, journal)
          .equals(List.of("DONE"))) {
        return written;
      }
      Thread.sleep(50);
    }
    throw new AssertionError("The prediction's resources were not written");
  }

  private String model() {
    Library model = client.read().resource(Library.class).withId("ckd-epi-2021").execute();
    String canonical = model.getUrl() + "|9.7.0";
    boolean isThere =
        client
                .search()
                .byUrl("Library?url=" + model.getUrl() + "&version=9.7.0")
                .returnBundle(Bundle.class)
                .execute()
                .getEntry()
                .size()
            > 0;
    if (!isThere) {
      model.setId((String) null);
      model.setVersion("9.7.0");
      model.setStatus(PublicationStatus.ACTIVE);
      Extension output = model.getExtensionByUrl(ModelUrls.OUTPUT);
      output.addExtension("outcome", new CanonicalType(DIABETES));
      client.create().resource(model).execute();
    }
    return canonical;
  }

  private String patient() {
    Patient patient = new Patient().setGender(AdministrativeGender.FEMALE);
    patient.setBirthDateElement(new DateType("1970-02-03"));
    patient.addIdentifier().setSystem("urn:test").setValue(UUID.randomUUID().toString());
    return create(patient);
  }

  private String create(Resource resource) {
    return client.create().resource(resource).execute().getId().getIdPart();
  }

  private static Condition diabetes(String patient) {
    Condition condition = new Condition();
    condition.setSubject(new Reference("Patient/" + patient));
    condition.getCode().addCoding().setSystem(SNOMED).setCode(DIABETES_TYPE_2);
    condition.setOnset(new DateTimeType(new Date(), TemporalPrecisionEnum.MILLI));
    condition.setRecordedDate(new Date());
    condition
        .getClinicalStatus()
        .addCoding()
        .setSystem("http://terminology.hl7.org/CodeSystem/condition-clinical")
        .setCode("active");
    return condition;
  }

  private static Encounter visit(String patient) {
    Encounter visit = new Encounter();
    visit.setStatus(Encounter.EncounterStatus.FINISHED);
    visit.getClass_().setSystem("http://terminology.hl7.org/CodeSystem/v3-ActCode").setCode("AMB");
    visit.setSubject(new Reference("Patient/" + patient));
    Date now = new Date();
    visit.getPeriod().setStart(Date.from(now.toInstant().minusSeconds(60))).setEnd(now);
    return visit;
  }

  private static Observation creatinine(String patient) {
    Observation observation = new Observation();
    observation.setStatus(ObservationStatus.FINAL);
    observation.setSubject(new Reference("Patient/" + patient));
    observation.getCode().addCoding().setSystem("http://loinc.org").setCode("2160-0");
    observation.setEffective(DateTimeType.now());
    observation.setValue(
        new Quantity()
            .setValue(new BigDecimal("0.9"))
            .setUnit("mg/dL")
            .setSystem("http://unitsofmeasure.org")
            .setCode("mg/dL"));
    return observation;
  }
}
