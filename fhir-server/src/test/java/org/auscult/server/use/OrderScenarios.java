package org.auscult.server.use;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.rest.client.api.IGenericClient;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.auscult.order.DraftOrder;
import org.auscult.prediction.CardId;
import org.auscult.server.KnownCaller;
import org.auscult.server.ServerTest;
import org.auscult.server.journal.Materialiser;
import org.auscult.server.use.OrderRows.OfCall;
import org.auscult.server.use.OrderRows.Wanted;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Dosage;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Medication;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestIntent;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestStatus;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Patient.LinkType;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestIntent;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.hl7.fhir.r4.model.Timing.UnitsOfTime;
import org.springframework.jdbc.core.JdbcTemplate;

/** What becomes of orders of patients of our own record, after calls by HTTP. */
final class OrderScenarios {
  private static final String RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm";
  private static final String LOINC = "http://loinc.org";
  private static final String UCUM = "http://unitsofmeasure.org";
  private static final String METFORMIN = "6809";
  private static final String ENOXAPARIN = "67108";
  private static final String CREATININE = "2160-0";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final KnownCaller caller;
  private final IGenericClient client;
  private final JdbcTemplate jdbc;
  private final Materialiser materialiser;
  private final UseRound round;
  private final FollowedOrders orders;
  private final List<String> calls = new ArrayList<>();

  OrderScenarios(
      KnownCaller caller,
      IGenericClient client,
      JdbcTemplate jdbc,
      Materialiser materialiser,
      UseRound round,
      FollowedOrders orders) {
    this.caller = caller;
    this.client = client;
    this.jdbc = jdbc;
    this.materialiser = materialiser;
    this.round = round;
    this.orders = orders;
  }

  /** Takes back the rows of calls; what they say of orders must not be looked at by others. */
  void forget() {
    for (String call : calls) {
      for (String table : List.of("ordering_call", "asked_order", "card_order")) {
        jdbc.update("delete from " + table + " where journal_id = ?", call);
      }
    }
    calls.clear();
  }

  /** A man of 75 years; a creatinine of 2.5 mg/dL is an eGFR of 26. */
  private String patient(String... creatinines) {
    Patient patient = new Patient();
    patient.setGender(AdministrativeGender.MALE);
    patient.setBirthDate(
        Date.from(
            LocalDate.now(ZoneOffset.UTC)
                .minusYears(75)
                .minusDays(20)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant()));
    String id = client.create().resource(patient).execute().getId().getIdPart();
    Instant last = Instant.now().minus(Duration.ofHours(3));
    for (int i = 0; i < creatinines.length; i++) {
      Duration before = Duration.ofHours(36L * (creatinines.length - 1 - i));
      measured(id, CREATININE, creatinines[i], "mg/dL", last.minus(before));
    }
    measured(id, "29463-7", "70", "kg", last);
    measured(id, "8302-2", "172", "cm", last);
    return id;
  }

  private void measured(String patient, String loinc, String value, String unit, Instant at) {
    Observation observation = new Observation();
    observation.setStatus(ObservationStatus.FINAL);
    observation.getCode().addCoding().setSystem(LOINC).setCode(loinc);
    observation.setSubject(new Reference("Patient/" + patient));
    observation.setEffective(time(at));
    observation.setValue(
        new Quantity().setSystem(UCUM).setCode(unit).setUnit(unit).setValue(new BigDecimal(value)));
    client.create().resource(observation).execute();
  }

  private static DateTimeType time(Instant at) {
    return new DateTimeType(at.truncatedTo(ChronoUnit.SECONDS).toString());
  }

  private static ObjectNode draft(String id, String patient, String rxnorm, int milligrams) {
    ObjectNode order = JSON.createObjectNode();
    order.put("resourceType", "MedicationRequest").put("id", id);
    order.put("status", "draft").put("intent", "order");
    order.putObject("subject").put("reference", "Patient/" + patient);
    order
        .putObject("medicationCodeableConcept")
        .putArray("coding")
        .addObject()
        .put("system", RXNORM)
        .put("code", rxnorm);
    ObjectNode dosage = order.putArray("dosageInstruction").addObject();
    dosage
        .putObject("timing")
        .putObject("repeat")
        .put("frequency", 2)
        .put("period", 1)
        .put("periodUnit", "d");
    dosage
        .putArray("doseAndRate")
        .addObject()
        .putObject("doseQuantity")
        .put("value", milligrams)
        .put("system", UCUM)
        .put("code", "mg");
    return order;
  }

  /** Signs drafts; gives the journal's id. */
  private String sign(String patient, ObjectNode... drafts) throws Exception {
    return sign(UUID.randomUUID(), patient, drafts);
  }

  private String sign(UUID instance, String patient, ObjectNode... drafts) throws Exception {
    ObjectNode call = JSON.createObjectNode();
    call.put("hook", "order-sign").put("hookInstance", instance.toString());
    call.put("fhirServer", ServerTest.OUR_FHIR_SERVER);
    ObjectNode context = call.putObject("context");
    context.put("userId", "Practitioner/" + UUID.randomUUID()).put("patientId", patient);
    ArrayNode entries =
        context.putObject("draftOrders").put("resourceType", "Bundle").putArray("entry");
    for (ObjectNode draft : drafts) {
      entries.addObject().set("resource", draft);
    }
    HttpResponse<String> answer =
        caller.send(
            caller
                .request("/cds-services/kidney-order-check")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(call.toString())));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode cards = JSON.readTree(answer.body()).path("cards");
    assertThat(cards).isNotEmpty();
    UUID journal = CardId.journal(UUID.fromString(cards.path(0).path("uuid").asText()));
    // The loop may have it in hand: by id, it is waited for.
    materialiser.materialise(journal);
    round.run(Instant.now(), () -> true);
    calls.add(journal.toString());
    return journal.toString();
  }

  /** Looks at what is due a day later. */
  private List<String> fates(String call) {
    orders.followAll(Instant.now().plus(FollowedOrders.WINDOW).plusSeconds(60), () -> true);
    return now(call);
  }

  private List<String> now(String call) {
    return jdbc.queryForList(
        "select fate from asked_order where journal_id = ? order by number", String.class, call);
  }

  private static MedicationRequest order(String patient, String rxnorm, int milligrams) {
    MedicationRequest order = new MedicationRequest();
    order.setStatus(MedicationRequestStatus.ACTIVE).setIntent(MedicationRequestIntent.ORDER);
    order.setSubject(new Reference("Patient/" + patient));
    order.setAuthoredOnElement(time(Instant.now()));
    order.setMedication(concept(RXNORM, rxnorm));
    Dosage dosage = order.addDosageInstruction();
    dosage.getTiming().getRepeat().setFrequency(1).setPeriod(12).setPeriodUnit(UnitsOfTime.H);
    dosage
        .addDoseAndRate()
        .setDose(
            new Quantity()
                .setValue(new BigDecimal(milligrams).movePointLeft(3))
                .setSystem(UCUM)
                .setCode("g"));
    return order;
  }

  private static CodeableConcept concept(String system, String code) {
    CodeableConcept concept = new CodeableConcept();
    concept.addCoding().setSystem(system).setCode(code);
    return concept;
  }

  private IdType create(Resource resource) {
    return (IdType) client.create().resource(resource).execute().getId().toUnqualifiedVersionless();
  }

  void anOrderThatComesLateIsFollowedThroughItsCorrections() throws Exception {
    String patient = patient("2.5", "2.5");
    String call = sign(patient, draft("d1", patient, METFORMIN, 500));
    orders.followAll(Instant.now(), () -> true);
    assertThat(now(call)).containsExactly("open");
    assertThat(fates(call)).containsExactly("not-ordered");

    // 500 mg twice a day, as 0.5 g every 12 hours.
    MedicationRequest order = order(patient, METFORMIN, 500);
    order.setId(create(order));
    assertThat(fates(call)).containsExactly("unchanged");
    assertThat(
            jdbc.queryForObject(
                "select evidence from asked_order where journal_id = ?", String.class, call))
        .isEqualTo(order.getId() + "/_history/1");

    order.getDosageInstructionFirstRep().getTiming().getRepeat().setPeriod(24);
    client.update().resource(order).execute();
    assertThat(fates(call)).containsExactly("changed");

    order.setStatus(MedicationRequestStatus.CANCELLED);
    client.update().resource(order).execute();
    assertThat(fates(call)).containsExactly("not-ordered");
    order.setStatus(MedicationRequestStatus.STOPPED);
    client.update().resource(order).execute();
    assertThat(fates(call)).containsExactly("changed");
    order.setStatus(MedicationRequestStatus.ENTEREDINERROR);
    client.update().resource(order).execute();
    assertThat(fates(call)).containsExactly("not-ordered");

    long changes = changes(call);
    assertThat(fates(call)).containsExactly("not-ordered");
    assertThat(changes(call)).isEqualTo(changes).isEqualTo(6);
  }

  private long changes(String call) {
    Long changes =
        jdbc.queryForObject(
            "select changes from ordering_call where journal_id = ?", Long.class, call);
    return changes == null ? -1 : changes;
  }

  /** Only what this patient was ordered, at this time, as an order. */
  void otherOrdersDoNotCount() throws Exception {
    String patient = patient("2.5", "2.5");
    create(order(patient, METFORMIN, 500));
    String other = patient("2.5", "2.5");
    String call = sign(patient, draft("d1", patient, METFORMIN, 500));
    create(order(other, METFORMIN, 500));
    MedicationRequest old = order(patient, METFORMIN, 500);
    old.setAuthoredOnElement(time(Instant.now().minus(Duration.ofHours(2))));
    create(old);
    MedicationRequest late = order(patient, METFORMIN, 500);
    late.setAuthoredOnElement(time(Instant.now().plus(Duration.ofHours(25))));
    create(late);
    MedicationRequest planned = order(patient, METFORMIN, 500);
    planned.setIntent(MedicationRequestIntent.PLAN);
    create(planned);
    MedicationRequest never = order(patient, METFORMIN, 500);
    never.setDoNotPerform(true);
    create(never);
    assertThat(fates(call)).containsExactly("not-ordered");
    assertThat(
            jdbc.queryForList(
                "select proposal from card_order where journal_id = ?", String.class, call))
        .containsExactly("removal");

    MedicationRequest today = order(patient, METFORMIN, 500);
    today.setAuthoredOnElement(null);
    create(today);
    assertThat(fates(call)).containsExactly("unchanged");
  }

  void aDrugIsFollowedThroughAStoredMedication() throws Exception {
    String patient = patient("2.5", "2.5");
    String call = sign(patient, draft("d1", patient, METFORMIN, 500));
    Medication medication = new Medication();
    medication.setCode(concept(RXNORM, METFORMIN));
    IdType id = create(medication);
    MedicationRequest order = order(patient, METFORMIN, 500);
    order.setMedication(new Reference(id.getValue()));
    create(order);
    assertThat(fates(call)).containsExactly("unchanged");
  }

  void eachOfTwoDraftsHasItsOwnOrder() throws Exception {
    String patient = patient("2.5", "2.5");
    String call =
        sign(patient, draft("d1", patient, METFORMIN, 500), draft("d2", patient, ENOXAPARIN, 80));
    create(order(patient, ENOXAPARIN, 40));
    assertThat(fates(call)).containsExactly("not-ordered", "changed");
  }

  /** A retry is the same call, and its orders are the same decisions. */
  void aRetryIsCountedOnce() throws Exception {
    String patient = patient("2.5", "2.5");
    UUID instance = UUID.randomUUID();
    ObjectNode draft = draft("d1", patient, METFORMIN, 500);
    String call = sign(instance, patient, draft);
    assertThat(sign(instance, patient, draft)).isEqualTo(call);
    assertThat(fates(call)).containsExactly("not-ordered");
    assertThat(
            jdbc.queryForObject(
                "select count(*) from ordering_call where patient = ?", Long.class, patient))
        .isEqualTo(1);
  }

  /** The ids of drafts that stand in our record are those of the orders. */
  void aDraftOfOurRecordIsFollowedByItsId() throws Exception {
    String patient = patient("2.5", "2.5");
    MedicationRequest order = order(patient, METFORMIN, 500);
    order.setStatus(MedicationRequestStatus.DRAFT);
    IdType id = create(order);
    String call = sign(patient, draft(id.getIdPart(), patient, METFORMIN, 500));
    assertThat(fates(call)).containsExactly("not-ordered");
    order.setId(id);
    order.setStatus(MedicationRequestStatus.ACTIVE).setMedication(concept(RXNORM, "1191"));
    client.update().resource(order).execute();
    assertThat(fates(call)).containsExactly("changed");
  }

  /** Enoxaparin while the kidneys are in no steady state: a repeat creatinine is proposed. */
  void aProposedOrderIsFollowed() throws Exception {
    String patient = patient("1.0", "1.5");
    String call = sign(patient, draft("d1", patient, ENOXAPARIN, 80));
    assertThat(fates(call)).containsExactly("not-ordered", "not-ordered");
    ServiceRequest order = new ServiceRequest();
    order.setStatus(ServiceRequestStatus.ACTIVE).setIntent(ServiceRequestIntent.ORDER);
    order.setSubject(new Reference("Patient/" + patient));
    order.setAuthoredOnElement(time(Instant.now()));
    order.setCode(concept(LOINC, CREATININE));
    IdType id = create(order);
    assertThat(fates(call)).containsExactly("not-ordered", "ordered");
    order.setId(id);
    order.setStatus(ServiceRequestStatus.REVOKED);
    client.update().resource(order).execute();
    assertThat(fates(call)).containsExactly("not-ordered", "not-ordered");
    order.setStatus(ServiceRequestStatus.COMPLETED);
    client.update().resource(order).execute();
    assertThat(fates(call)).containsExactly("not-ordered", "ordered");
    client.delete().resourceById(id).execute();
    assertThat(fates(call)).containsExactly("not-ordered", "not-ordered");
  }

  void ofPatientsWhoWentElsewhereNobodyKnows() throws Exception {
    String patient = patient("2.5", "2.5");
    String call = sign(patient, draft("d1", patient, METFORMIN, 500));
    assertThat(fates(call)).containsExactly("not-ordered");
    Patient merged = client.read().resource(Patient.class).withId(patient).execute();
    String other = patient("1.0");
    merged.addLink().setType(LinkType.REPLACEDBY).setOther(new Reference("Patient/" + other));
    client.update().resource(merged).execute();
    assertThat(fates(call)).containsExactly("untold");

    jdbc.update(
        "update ordering_call set patient = ?, seen_epoch = null where journal_id = ?",
        "gone-" + UUID.randomUUID(),
        call);
    jdbc.update("update asked_order set fate = 'changed' where journal_id = ?", call);
    assertThat(fates(call)).containsExactly("untold");

    String elsewhere = UUID.randomUUID().toString();
    calls.add(elsewhere);
    new OrderRows(jdbc)
        .add(
            new OfCall(
                UUID.fromString(elsewhere),
                Instant.now(),
                null,
                false,
                null,
                List.of(new Wanted(new DraftOrder("MedicationRequest/1", List.of(), ""), false)),
                List.of()));
    assertThat(fates(elsewhere)).containsExactly("untold");
  }

  /** Adoption by ward: where the patient is at the time of the call. */
  void aCallBelongsToTheWardOfThePatient() throws Exception {
    String patient = patient("2.5", "2.5");
    Encounter encounter = new Encounter();
    encounter.setStatus(EncounterStatus.INPROGRESS);
    encounter
        .getClass_()
        .setSystem("http://terminology.hl7.org/CodeSystem/v3-ActCode")
        .setCode("IMP");
    encounter.setSubject(new Reference("Patient/" + patient));
    Instant since = Instant.now().minus(Duration.ofDays(1));
    encounter.getPeriod().setStartElement(time(since));
    encounter.addLocation().getLocation().setDisplay("ward-7");
    encounter.getLocationFirstRep().getPeriod().setStartElement(time(since));
    create(encounter);
    String call = sign(patient, draft("d1", patient, METFORMIN, 500));
    assertThat(
            jdbc.queryForObject(
                "select traits from deployment_call where journal_id = ?", String.class, call))
        .contains("\"ward\":\"ward-7\"");
  }
}
