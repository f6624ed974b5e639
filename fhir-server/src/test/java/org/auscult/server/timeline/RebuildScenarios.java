package org.auscult.server.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.model.ExpungeOptions;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.auscult.server.timeline.TimelineRebuild.Mode;
import org.auscult.server.timeline.TimelineRebuild.Outcome;
import org.auscult.timeline.fhir.FactProjector;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Patient.LinkType;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** A rebuilt timeline is the live one, whatever happened; on every database. */
final class RebuildScenarios {
  private final IGenericClient client;
  private final JdbcTemplate jdbc;
  private final TimelineRebuild rebuild;
  private final DaoRegistry daos;

  RebuildScenarios(
      IGenericClient client, JdbcTemplate jdbc, TimelineRebuild rebuild, DaoRegistry daos) {
    this.client = client;
    this.daos = daos;
    this.jdbc = jdbc;
    this.rebuild = rebuild;
  }

  /** Also that no fact stands twice. */
  void correctionsDeletionsAndMovesRebuild() {
    String one = patient();
    String other = patient();
    String corrected = create(observation(one, "1.1"));
    update(corrected, observation(one, "1.2").setStatus(ObservationStatus.CORRECTED));
    String deleted = create(observation(one, "2.1"));
    client.delete().resourceById("Observation", deleted).execute();
    update(deleted, observation(one, "2.2"));
    String moved = create(observation(one, "3.1"));
    update(moved, observation(other, "3.1"));
    String mistaken = create(observation(one, "4.1"));
    update(mistaken, observation(one, "4.1").setStatus(ObservationStatus.ENTEREDINERROR));
    client
        .patch()
        .withBody("[{\"op\":\"replace\",\"path\":\"/valueQuantity/value\",\"value\":1.7}]")
        .withId(new IdType("Observation", corrected))
        .execute();
    Bundle bundle = new Bundle().setType(BundleType.TRANSACTION);
    add(bundle, HTTPVerb.POST, "Observation", observation(one, "5.1"));
    add(bundle, HTTPVerb.POST, "Observation", observation(other, "5.2"));
    add(bundle, HTTPVerb.DELETE, "Observation/" + mistaken, null);
    client.transaction().withBundle(bundle).execute();

    Outcome outcome = rebuild.rebuild(one, Mode.COMPARE).orElseThrow();

    assertThat(outcome.patients()).contains(one, other);
    assertThat(outcome.liveRows()).isGreaterThan(10);
    assertThat(
            jdbc.queryForObject(
                "select max(n) from (select count(*) n from clinical_fact where epoch_to is null or"
                    + " epoch_to > epoch_from group by source_kind, source_id, source_version,"
                    + " slot, coding, patient, epoch_from) t",
                Integer.class))
        .isEqualTo(1);
    assertSame(outcome);
  }

  void mergesAndTheirUndoingRebuild() {
    String first = patient();
    String second = patient();
    String third = patient();
    create(observation(first, "1.1"));
    create(observation(second, "2.1"));
    create(observation(third, "3.1"));
    link(first, second);
    link(second, third);
    create(observation(first, "1.2"));
    assertSame(rebuild.rebuild(first, Mode.COMPARE).orElseThrow());
    link(first, null);
    create(observation(first, "1.3"));

    Outcome outcome = rebuild.rebuild(third, Mode.WRITE).orElseThrow();

    assertThat(outcome.patients()).contains(first, second, third);
    assertSame(outcome);
    assertThat(openRows(first)).isEqualTo(4);
    assertThat(openRows(third)).isEqualTo(3);
    link(second, null);
    assertSame(rebuild.rebuild(second, Mode.COMPARE).orElseThrow());
  }

  void whatModelsWroteByProvenanceRebuilds() {
    String one = patient();
    String other = patient();
    String later = create(observation(one, "1.1"));
    create(TimelineScenarios.provenance("Observation/" + later + "/_history/1"));
    String first = "o-" + UUID.randomUUID();
    create(TimelineScenarios.provenance("Observation/" + first));
    update(first, observation(one, "2.1"));
    link(one, other);
    update(first, observation(one, "2.2"));
    update(later, observation(one, "1.2"));
    create(TimelineScenarios.provenance("Observation/" + later));

    Outcome outcome = rebuild.rebuild(other, Mode.COMPARE).orElseThrow();

    assertThat(outcome.patients()).contains(one, other);
    assertSame(outcome);
    assertThat(
            jdbc.queryForList(
                "select distinct author from clinical_fact where epoch_to is null and source_id in"
                    + " (?, ?)",
                String.class,
                later,
                first))
        .containsExactly("MODEL");
  }

  /** As after an update of this server: the rows of before lack what the new ones say. */
  void whatAnEarlierProjectionLeftOutIsFilledIn() {
    String one = patient();
    String other = patient();
    Observation measured = observation(one, "9.1");
    measured.addPerformer(new Reference("Practitioner/p1"));
    measured.getBodySite().addCoding().setSystem("http://snomed.info/sct").setCode("368209003");
    measured.addReferenceRange().getHigh().setValue(1.2);
    String id = create(measured);
    link(one, other);
    // A merge writes the row anew, with all that it says.
    assertThat(count("source_id = ? and circumstances is not null and flag = 'HIGH'", id))
        .isEqualTo(2);
    jdbc.update(
        "update clinical_fact set flag = null, circumstances = null where source_id = ?", id);
    jdbc.update("update patient_epoch set projection = 1 where patient in (?, ?)", one, other);

    Outcome found = rebuild.rebuild(other, Mode.COMPARE).orElseThrow();

    assertThat(found.examples()).allMatch(e -> e.contains("differs in flag, circumstances"));
    assertThat(projection(other)).isEqualTo(1);
    String third = patient();
    link(other, third);
    assertThat(projection(third)).as("it has rows of before now").isEqualTo(1);

    rebuild.rebuild(other, Mode.WRITE);

    assertSame(rebuild.rebuild(other, Mode.COMPARE).orElseThrow());
    assertThat(count("source_id = ? and circumstances is not null and flag = 'HIGH'", id))
        .isEqualTo(3);
    assertThat(projection(one)).isEqualTo(FactProjector.VERSION);
    assertThat(projection(other)).isEqualTo(FactProjector.VERSION);
    assertThat(projection(third)).isEqualTo(FactProjector.VERSION);
    assertThat(projection(patient())).isEqualTo(FactProjector.VERSION);
  }

  private int projection(String patient) {
    Integer projection =
        jdbc.queryForObject(
            "select projection from patient_epoch where patient = ?", Integer.class, patient);
    return projection == null ? 0 : projection;
  }

  /** They change no version, and what the timeline holds does not rest on them. */
  void tagsAddedInPlaceRebuild() {
    String patient = patient();
    String id = create(observation(patient, "1.1"));
    Meta tags = new Meta();
    tags.addTag("https://example.org/tags", "seen", null);
    for (String of : List.of("Observation/" + id, "Patient/" + patient)) {
      client.meta().add().onResource(new IdType(of)).meta(tags).execute();
    }
    update(id, observation(patient, "1.2"));
    client.meta().add().onResource(new IdType("Observation/" + id)).meta(tags).execute();

    assertSame(rebuild.rebuild(patient, Mode.COMPARE).orElseThrow());
    assertThat(rows(id)).isEqualTo(2);
  }

  void loadedHistoryAndItsCorrectionRebuild() {
    String patient = patient();
    Observation loaded = observation(patient, "1.1");
    loaded.setIssued(Date.from(Instant.parse("2019-05-03T10:00:00Z")));
    loaded.getMeta().addTag("https://auscult.org/fhir/CodeSystem/load", "history", null);
    String id = create(loaded);
    // The tag stays on the resource: HAPI keeps what an update does not name.
    update(id, observation(patient, "1.2").setStatus(ObservationStatus.CORRECTED));

    assertThat(
            jdbc.queryForList(
                "select known_basis from clinical_fact where source_id = ? and source_version = 1",
                String.class,
                id))
        .containsOnly("ASSUMED");
    assertSame(rebuild.rebuild(patient, Mode.COMPARE).orElseThrow());
  }

  void expungedVersionsLeaveNoRowsAndATrace() {
    String patient = patient();
    String id = create(observation(patient, "1.1"));
    update(id, observation(patient, "1.2"));
    expunge(id + "/_history/1");

    assertThat(rows(id)).isEqualTo(1);
    assertSame(rebuild.rebuild(patient, Mode.COMPARE).orElseThrow());

    client.delete().resourceById("Observation", id).execute();
    expunge(id);

    assertThat(rows(id)).isZero();
    assertThat(
            jdbc.queryForObject(
                "select count(*) from timeline_change where source_id = ? and cause = 'EXPUNGE'",
                Integer.class,
                id))
        .isGreaterThanOrEqualTo(2);
    assertSame(rebuild.rebuild(patient, Mode.WRITE).orElseThrow());
    assertThat(rows(id)).isZero();
  }

  void aDamagedTimelineIsFoundAndMended() {
    String patient = patient();
    String id = create(observation(patient, "1.1"));
    String lost = create(observation(patient, "1.2"));
    jdbc.update("update clinical_fact set preferred_value = '9.9' where source_id = ?", id);
    jdbc.update("delete from clinical_fact where source_id = ?", lost);

    Outcome found = rebuild.rebuild(patient, Mode.COMPARE).orElseThrow();

    // The changed row stands on either side, the lost one on one.
    assertThat(found.differingRows()).isEqualTo(3);
    assertThat(found.examples()).anyMatch(e -> e.contains("differs in preferred_value"));
    assertThat(rows(lost)).isZero();

    rebuild.rebuild(patient, Mode.WRITE);

    assertThat(rows(lost)).isEqualTo(1);
    assertSame(rebuild.rebuild(patient, Mode.COMPARE).orElseThrow());
  }

  /** A driver that has seen a statement often may write a number in another way than at first. */
  void wholeNumbersRebuildEachTime() {
    String patient = patient();
    create(observation(patient, "62"));
    for (int i = 0; i < 8; i++) {
      assertSame(rebuild.rebuild(patient, Mode.COMPARE).orElseThrow());
    }
  }

  void writersOfOneAndManyPatientsRebuild() throws Exception {
    List<String> patients = List.of(patient(), patient(), patient(), patient());
    ExecutorService pool = Executors.newFixedThreadPool(4);
    List<Future<?>> running = new ArrayList<>();
    for (int w = 0; w < 4; w++) {
      int writer = w;
      running.add(
          pool.submit(
              () -> {
                for (int i = 0; i < 5; i++) {
                  Bundle bundle = new Bundle().setType(BundleType.TRANSACTION);
                  for (int p = 0; p < patients.size(); p++) {
                    String patient = patients.get((p + writer) % patients.size());
                    add(bundle, HTTPVerb.POST, "Observation", observation(patient, "1." + i));
                  }
                  client.transaction().withBundle(bundle).execute();
                }
              }));
    }
    for (Future<?> f : running) {
      f.get();
    }
    pool.shutdown();

    for (String patient : patients) {
      assertSame(rebuild.rebuild(patient, Mode.COMPARE).orElseThrow());
      List<Long> epochs =
          jdbc.queryForList(
              "select distinct epoch from timeline_change where patient = ? order by epoch",
              Long.class,
              patient);
      assertThat(epochs).hasSize(21).startsWith(1L).endsWith(21L);
      assertThat(openRows(patient)).isEqualTo(21);
    }
  }

  private static void assertSame(Outcome outcome) {
    assertThat(outcome.examples()).isEmpty();
    assertThat(outcome.differingRows()).isZero();
    assertThat(outcome.rebuiltRows()).isEqualTo(outcome.liveRows());
  }

  /** Open facts of a patient; its birth date is one of them. */
  private int openRows(String patient) {
    return count("patient = ? and epoch_to is null and coding = 0", patient);
  }

  private int rows(String source) {
    return count("source_id = ?", source);
  }

  private int count(String where, String argument) {
    Integer count =
        jdbc.queryForObject(
            "select count(*) from clinical_fact where " + where, Integer.class, argument);
    return count == null ? 0 : count;
  }

  /** Over HTTP nobody may; this server may, for its operator. */
  private void expunge(String id) {
    daos.getResourceDao(Observation.class)
        .expunge(
            new IdType("Observation/" + id),
            new ExpungeOptions().setExpungeDeletedResources(true).setExpungeOldVersions(true),
            new SystemRequestDetails());
  }

  private void link(String patient, @Nullable String to) {
    Patient merged = client.read().resource(Patient.class).withId(patient).execute();
    merged.getLink().clear();
    if (to != null) {
      merged.addLink().setType(LinkType.REPLACEDBY).setOther(new Reference("Patient/" + to));
    }
    client.update().resource(merged).execute();
  }

  private static void add(Bundle bundle, HTTPVerb verb, String url, @Nullable Resource resource) {
    bundle.addEntry().setResource(resource).getRequest().setMethod(verb).setUrl(url);
  }

  private String patient() {
    Patient patient = new Patient();
    patient.setBirthDateElement(new DateType("1970-02-03"));
    return create(patient);
  }

  private String create(Resource resource) {
    return client.create().resource(resource).execute().getId().getIdPart();
  }

  private void update(String id, Observation observation) {
    observation.setId(id);
    client.update().resource(observation).execute();
  }

  private static Observation observation(String patient, String value) {
    Observation observation = new Observation();
    observation.setStatus(ObservationStatus.FINAL);
    observation.setSubject(new Reference("Patient/" + patient));
    observation.getCode().addCoding().setSystem("http://loinc.org").setCode("2160-0");
    observation.setEffective(new DateTimeType("2024-05-03T10:00:00Z"));
    observation.setValue(
        new Quantity()
            .setValue(new BigDecimal(value))
            .setUnit("mg/dL")
            .setSystem("http://unitsofmeasure.org")
            .setCode("mg/dL"));
    return observation;
  }
}
