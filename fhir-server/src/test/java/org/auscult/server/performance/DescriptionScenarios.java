package org.auscult.server.performance;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.rest.client.api.IGenericClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.auscult.feature.FeatureValue;
import org.auscult.feature.FeatureVector;
import org.auscult.prediction.Call;
import org.auscult.prediction.CardId;
import org.auscult.prediction.DeploymentRun;
import org.auscult.prediction.FactBasis;
import org.auscult.prediction.JournalEntry;
import org.auscult.prediction.JournalJson;
import org.auscult.prediction.ModelRun;
import org.auscult.prediction.Subject;
import org.auscult.timeline.AsOf;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A prediction on a ward, of a measurement with a device and one by a method, on either database.
 */
final class DescriptionScenarios {
  private static final String MODEL =
      "https://auscult.org/fhir/Library/kfre-4var-north-america|1.0.0";
  private static final String NOON = "2017-03-01T12:00:00Z";

  private final IGenericClient client;
  private final JdbcTemplate jdbc;
  private final Descriptions descriptions;
  private final List<String> entries = new ArrayList<>();

  DescriptionScenarios(IGenericClient client, JdbcTemplate jdbc, Descriptions descriptions) {
    this.client = client;
    this.jdbc = jdbc;
    this.descriptions = descriptions;
  }

  /** After each. */
  void forget() {
    for (String id : entries) {
      jdbc.update("delete from prediction_journal where id = ?", id);
      jdbc.update("delete from monitored_prediction where id like ?", id + "%");
    }
    entries.clear();
  }

  void theWardAndTheDeviceOfTheTimeAreLookedUp() {
    String patient = client.create().resource(new Patient()).execute().getId().getIdPart();
    stay(patient);
    String older = measured(patient, "2017-03-01T09:00:00Z", "analyzer-1", null);
    String newer = measured(patient, "2017-03-01T10:00:00Z", null, "enzymatic");
    String silent = measured(patient, "2017-03-01T11:00:00Z", null, null);
    correct(newer);

    String morning = predicted(patient, "2017-03-01T11:30:00Z", List.of(older, silent));
    String evening = predicted(patient, "2017-03-01T18:00:00Z", List.of(older, newer, silent));
    String later = predicted(patient, "2017-03-05T18:00:00Z", List.of(silent));
    descriptions.describeAll(Instant.now(), () -> true);

    assertThat(traits(morning))
        .containsEntry("ward", "ward-a")
        .containsEntry("device", "analyzer-1");
    // The version that was read says so, and not the one that corrects it.
    assertThat(traits(evening))
        .containsEntry("ward", "ward-b")
        .containsEntry("device", "enzymatic");
    assertThat(traits(later)).containsEntry("ward", "unknown").containsEntry("device", "unknown");

    // Looked up again, nothing is another.
    Map<String, String> before = traits(evening);
    jdbc.update("update monitored_prediction set described = false where id = ?", evening);
    descriptions.describeAll(Instant.now(), () -> true);
    assertThat(traits(evening)).isEqualTo(before);
  }

  private Map<String, String> traits(String id) {
    return Descriptions.read(
        jdbc.queryForObject(
            "select traits from monitored_prediction where described and id = ?",
            String.class,
            id));
  }

  private void stay(String patient) {
    Encounter stay = new Encounter();
    stay.setStatus(EncounterStatus.FINISHED);
    stay.setClass_(new Coding("http://terminology.hl7.org/CodeSystem/v3-ActCode", "IMP", null));
    stay.setSubject(new Reference("Patient/" + patient));
    stay.getPeriod().getStartElement().setValueAsString("2017-03-01T08:00:00Z");
    stay.getPeriod().getEndElement().setValueAsString("2017-03-02T08:00:00Z");
    place(stay, "ward-a", null, NOON);
    place(stay, "ward-b", NOON, null);
    client.create().resource(stay).execute();
  }

  private static void place(
      Encounter stay, String name, @Nullable String from, @Nullable String until) {
    Encounter.EncounterLocationComponent place = stay.addLocation();
    place.getLocation().getIdentifier().setSystem("urn:wards").setValue(name);
    place.getPeriod().getStartElement().setValueAsString(from);
    place.getPeriod().getEndElement().setValueAsString(until);
  }

  private String measured(
      String patient, String at, @Nullable String device, @Nullable String method) {
    Observation measured = new Observation();
    measured.setStatus(ObservationStatus.FINAL);
    measured.setCode(new CodeableConcept(new Coding("http://loinc.org", "2160-0", null)));
    measured.setSubject(new Reference("Patient/" + patient));
    measured.setEffective(new DateTimeType(at));
    measured.setValue(
        new Quantity(1.1).setSystem("http://unitsofmeasure.org").setCode("mg/dL").setUnit("mg/dL"));
    if (device != null) {
      measured.getDevice().getIdentifier().setSystem("urn:devices").setValue(device);
    }
    if (method != null) {
      measured.setMethod(new CodeableConcept(new Coding("urn:methods", method, null)));
    }
    return client.create().resource(measured).execute().getId().toUnqualified().getValue();
  }

  private void correct(String reference) {
    Observation measured = client.read().resource(Observation.class).withUrl(reference).execute();
    measured.setStatus(ObservationStatus.CORRECTED);
    measured.setMethod(new CodeableConcept(new Coding("urn:methods", "jaffe", null)));
    client.update().resource(measured).execute();
  }

  /** The id of the monitored prediction. */
  private String predicted(String patient, String when, List<String> evidence) {
    Instant at = Instant.parse(when);
    UUID id = CardId.journal(UUID.randomUUID());
    List<FeatureVector.Entry> values =
        evidence.stream()
            .map(
                one ->
                    new FeatureVector.Entry(
                        "f" + evidence.indexOf(one),
                        "https://example.org/f|1",
                        "f",
                        new FeatureValue.Present(
                            1, "1", null, List.of(one), at, at, FeatureValue.Origin.RECORD)))
            .toList();
    FeatureVector vector =
        new FeatureVector("https://example.org/s|1", patient, AsOf.instant(at), 1, values);
    JournalEntry entry =
        new JournalEntry(
            id,
            at,
            Call.ofOperation("$predict", id.toString()),
            new Subject("", patient),
            at,
            1,
            0,
            List.of(
                DeploymentRun.ofOperation(
                    List.of(
                        new ModelRun(
                            0, MODEL, vector, new ModelRun.Result.NotAssessed(List.of()))))),
            FactBasis.RECORD);
    jdbc.update(
        "insert into prediction_journal (id, recorded_at, service, instance, subject_origin,"
            + " subject_id, epoch, entry, state, attempts) values (?, ?, '$predict', ?, '', ?, 1,"
            + " ?, 'DONE', 1)",
        id.toString(),
        at.toEpochMilli(),
        id.toString(),
        patient,
        JournalJson.write(entry));
    entries.add(id.toString());
    String row = id + ".0.label.0";
    jdbc.update(
        "insert into monitored_prediction (id, model, output, patient, index_time, score, described)"
            + " values (?, ?, 'risk', ?, ?, 0.5, false)",
        row,
        MODEL,
        patient,
        at.toEpochMilli());
    return row;
  }
}
