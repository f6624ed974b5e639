package org.auscult.prove;

import static org.auscult.prove.VectorRecords.about;
import static org.auscult.prove.VectorRecords.coding;
import static org.auscult.prove.VectorRecords.number;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.auscult.prove.Ehr.Person;
import org.auscult.prove.Ehr.Reply;
import org.auscult.prove.Ehr.Road;

/** Who the patient is, what a record does not say, and for whom a model speaks: rules 1 to 16. */
final class PatientCases {
  static final String EGFR = "proof-egfr";
  static final String CKD_EPI = "https://auscult.org/fhir/Library/ckd-epi-2021|1.0.0";
  private static final String CVD = "cvd-risk";
  private static final String VIEW = "patient-view";

  /** A reported eGFR that cannot be used is not replaced by a calculated one. */
  private static final String WITHOUT_EGFR =
      "[info] 10-year risk of cardiovascular disease not assessed: eGFR (PREVENT 2023)";

  private final Ehr ehr;
  private final HazardTable table;

  PatientCases(Ehr ehr, HazardTable table) throws IOException, InterruptedException {
    this.ehr = ehr;
    this.table = table;
    new ProofDeployment(EGFR, "not-assessed", VIEW)
        .model(CKD_EPI, "CKD-EPI 2021", m -> m.output("egfr", "eGFR"))
        .goLive(ehr);
  }

  List<SafetyProof.Case> all() {
    return List.of(
        this::sharedId,
        this::anotherPatientsResult,
        this::unknownPatient,
        this::departed,
        this::incomplete,
        this::bounds,
        this::errors,
        this::unitsOfEgfr,
        this::sex,
        this::time,
        this::notMadeFor,
        this::percent,
        this::lookBack);
  }

  /** Known values of CKD-EPI 2021, from its published vectors. */
  private Person renal(Person person, String creatinine) throws IOException, InterruptedException {
    person.add(creatinine(person, creatinine));
    return person;
  }

  static ObjectNode creatinine(Person person, String value) {
    return number(person.id(), "2160-0", DecimalNode.valueOf(new BigDecimal(value)), "mg/dL");
  }

  /** 57.5 by CKD-EPI 2021. */
  private Person sixtyYearOldMan(Road road) throws IOException, InterruptedException {
    return ehr.person(road, 60, "male");
  }

  /** The person of PREVENT's published example: 14.7 %. */
  static ObjectNode published() {
    ObjectNode input = FhirCalls.JSON.createObjectNode();
    input.put("sbp", 160).put("bp_tx", true).put("total_c", 200).put("hdl_c", 45);
    input.put("statin", false).put("dm", true).put("smoking", false);
    return input.put("egfr", 90).put("bmi", 35);
  }

  static String egfr(Reply reply) {
    String shown = VectorTable.shown(reply.card(), "eGFR");
    return shown.isEmpty() ? reply.inWords() : shown;
  }

  static String risk(Reply reply) {
    String shown = VectorTable.shown(reply.card(), "10-year risk of cardiovascular disease");
    return shown.isEmpty() ? reply.inWords() : shown + " %";
  }

  private static String patientJson(int age, String sex) {
    return "{\"resourceType\":\"Patient\",\"gender\":\""
        + sex
        + "\",\"birthDate\":\""
        + LocalDate.now(ZoneOffset.UTC).minusYears(age).minusDays(100)
        + "\"}";
  }

  private static ObjectNode patient(int age, String sex) throws IOException {
    return (ObjectNode) FhirCalls.JSON.readTree(patientJson(age, sex));
  }

  private void sharedId(Road road) throws IOException, InterruptedException {
    Person ours = renal(ehr.person(Road.RECORD, 25, "female"), "0.5");
    String shared = road == Road.RECORD ? ours.id() : "123";
    String one = "https://one" + UUID.randomUUID() + ".example.org/fhir";
    String other = one.replace("one", "other");
    Person first = renal(ehr.foreign(shared, one, patient(60, "male")), "1.4");
    Person second = renal(ehr.foreign(shared, other, patient(80, "male")), "2.5");
    StringBuilder measured = new StringBuilder();
    Set<String> subjects = new HashSet<>();
    for (Person person : List.of(ours, first, second, ours, first)) {
      Reply reply = person.open(EGFR, VIEW);
      measured.append(egfr(reply)).append(", ");
      if (!Ehr.prediction(reply.card()).isEmpty()) {
        subjects.add(
            ehr.stored(reply.card(), "Observation").path("subject").path("reference").asText());
      }
    }
    table.row(
        "1",
        "another person's data, by the same id",
        road == Road.RECORD
            ? "two EHRs' patients with the id of one of our own"
            : "two EHRs' patients with the id 123",
        "133.4, 57.5, 25.3, 133.4, 57.5, of 3 patients",
        measured + "of " + subjects.size() + " patients");
  }

  private void anotherPatientsResult(Road road) throws IOException, InterruptedException {
    Person person = renal(sixtyYearOldMan(Road.PREFETCH), "1.4");
    Person stranger = renal(ehr.person(Road.PREFETCH, 80, "male"), "2.5");
    ObjectNode call = person.call(EGFR, VIEW);
    ((ObjectNode) call.path("prefetch"))
        .set("observation", stranger.call(EGFR, VIEW).path("prefetch").path("observation"));
    table.row(
        "1",
        "another person's data in the prefetch",
        "a creatinine whose subject is another patient",
        "HTTP 400",
        ehr.send(EGFR, call).inWords());
  }

  private void unknownPatient(Road road) throws IOException, InterruptedException {
    Person person = renal(sixtyYearOldMan(Road.PREFETCH), "1.4");
    Reply reply = person.open(EGFR, VIEW);
    ehr.stored(reply.card(), "Observation");
    Set<String> kept = new TreeSet<>();
    for (String id : person.idsHere()) {
      ehr.http().get("/fhir/Patient/" + id).body().fieldNames().forEachRemaining(kept::add);
    }
    kept.remove("meta");
    table.row(
        "2",
        "no answer, or a copy of the person, for a patient unknown here",
        "everything as prefetch",
        "57.5; Patient with [id, identifier, resourceType]",
        egfr(reply) + "; Patient with " + kept);
    ObjectNode bare = person.call(EGFR, VIEW);
    bare.remove("prefetch");
    table.row(
        "2",
        "a number without data",
        "no prefetch, a fhirServer that may not be read",
        "HTTP 412",
        ehr.send(EGFR, bare).inWords());
  }

  private void departed(Road road) throws IOException, InterruptedException {
    ObjectNode dead = patient(50, "female").put("deceasedBoolean", true);
    ObjectNode died =
        patient(50, "female").put("deceasedDateTime", VectorRecords.daysAgo(3).toString());
    ObjectNode inactive = patient(50, "female").put("active", false);
    for (ObjectNode one : List.of(dead, died, inactive)) {
      String what =
          one.has("active")
              ? "inactive"
              : one.has("deceasedBoolean") ? "deceased" : "a date of death";
      Person person = ehr.person(road, one);
      VectorsProof.record(person, published());
      table.row(
          "3",
          "a card on the chart of one who died or is inactive",
          "PREVENT, " + what + " (" + road + ")",
          "no card",
          risk(person.open(CVD, VIEW)));
    }
  }

  private void incomplete(Road road) throws IOException, InterruptedException {
    Person person = ehr.person(Road.PREFETCH, 50, "female");
    ObjectNode input = published();
    VectorsProof.record(person, input.put("dm", false));
    ObjectNode whole = person.call(CVD, VIEW);
    ObjectNode call = whole.deepCopy();
    ((ObjectNode) call.path("prefetch").path("condition")).put("total", 1);
    table.row(
        "4",
        "absence concluded from half an answer",
        "PREVENT, conditions: 0 of 1 sent",
        "[info] 10-year risk of cardiovascular disease not assessed",
        head(ehr.send(CVD, call)));
    ObjectNode refused = whole.deepCopy().put("hookInstance", UUID.randomUUID().toString());
    ObjectNode outcome = ((ObjectNode) refused.path("prefetch")).putObject("condition");
    outcome.put("resourceType", "OperationOutcome");
    outcome.putArray("issue").addObject().put("severity", "error").put("code", "forbidden");
    table.row(
        "4",
        "absence concluded from a refusal",
        "PREVENT, conditions: OperationOutcome, forbidden",
        "[info] 10-year risk of cardiovascular disease not assessed",
        head(ehr.send(CVD, refused)));
  }

  /** What a card says before its reasons. */
  static String head(Reply reply) {
    return reply.inWords().replaceFirst("( not assessed): .*", "$1");
  }

  private void bounds(Road road) throws IOException, InterruptedException {
    Person bound = sparing(road, "1.4");
    ObjectNode sixty =
        number(bound.id(), "98979-8", DecimalNode.valueOf(new BigDecimal(60)), "mL/min/{1.73_m2}");
    ((ObjectNode) sixty.path("valueQuantity")).put("comparator", ">");
    bound.add(sixty);
    Person text = sparing(road, "1.4");
    ObjectNode words = VectorRecords.observation(text.id(), "98979-8").put("valueString", ">60");
    text.add(words);
    String alone = risk(sparing(road, "1.4").open(CVD, VIEW));
    table.row(
        "12",
        "no number where eGFR can be calculated",
        "PREVENT, creatinine 1.4 alone (" + road + ")",
        "23.6 %",
        alone);
    for (Person person : List.of(bound, text)) {
      table.row(
          "5",
          "\">60\" read as 60",
          "PREVENT, eGFR "
              + (person == bound ? "> 60 as a comparator" : "\">60\" as text")
              + ", creatinine 1.4 ("
              + road
              + ")",
          WITHOUT_EGFR,
          person.open(CVD, VIEW).inWords());
    }
  }

  /** PREVENT's example without an eGFR, with creatinine. */
  private Person sparing(Road road, String creatinine) throws IOException, InterruptedException {
    Person person = ehr.person(road, 60, "male");
    ObjectNode input = published();
    input.remove("egfr");
    VectorsProof.record(person, input);
    person.add(creatinine(person, creatinine));
    return person;
  }

  private void errors(Road road) throws IOException, InterruptedException {
    for (String status : List.of("entered-in-error", "preliminary", "cancelled")) {
      Person person = renal(sixtyYearOldMan(road), "1.4");
      ObjectNode wrong = creatinine(person, "5").put("status", status);
      wrong.put("effectiveDateTime", VectorRecords.daysAgo(2) + "T08:00:00Z");
      person.add(wrong);
      table.row(
          "5",
          "a result that does not stand is used",
          "CKD-EPI, a newer creatinine that is " + status + " (" + road + ")",
          "57.5",
          egfr(person.open(EGFR, VIEW)));
    }
  }

  private void unitsOfEgfr(Road road) throws IOException, InterruptedException {
    Person absolute = sparing(road, "1.4");
    absolute.add(
        number(absolute.id(), "98979-8", DecimalNode.valueOf(new BigDecimal(90)), "mL/min"));
    table.row(
        "6",
        "mL/min taken for mL/min/1.73 m²",
        "PREVENT, eGFR of 90 mL/min, creatinine 1.4 (" + road + ")",
        WITHOUT_EGFR,
        absolute.open(CVD, VIEW).inWords());
  }

  private void sex(Road road) throws IOException, InterruptedException {
    ObjectNode other = patient(60, "other");
    Person unsure = renal(ehr.person(road, other), "1.4");
    table.row(
        "7",
        "a default sex",
        "CKD-EPI, gender other (" + road + ")",
        "[info] eGFR not assessed",
        head(unsure.open(EGFR, VIEW)));
    ObjectNode born = patient(60, "other");
    born.putArray("extension")
        .addObject()
        .put("url", "http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex")
        .put("valueCode", "M");
    Person known = renal(ehr.person(road, born), "1.4");
    table.row(
        "7",
        "gender where birth sex is recorded",
        "CKD-EPI, gender other, birth sex male (" + road + ")",
        "57.5",
        egfr(known.open(EGFR, VIEW)));
  }

  private void time(Road road) throws IOException, InterruptedException {
    ObjectNode partial = patient(60, "male");
    partial.put("birthDate", String.valueOf(LocalDate.now(ZoneOffset.UTC).getYear() - 18));
    Person near = renal(ehr.person(road, partial), "1.4");
    String shown = egfr(near.open(EGFR, VIEW));
    table.row(
        "8",
        "an age that crosses a limit within its year",
        "CKD-EPI, born " + partial.path("birthDate").asText() + ", no day (" + road + ")",
        "no number",
        shown.matches("[\\d.]+") ? shown : "no number");
    Person ahead = renal(sixtyYearOldMan(road), "1.4");
    ObjectNode future = creatinine(ahead, "5");
    future.put("effectiveDateTime", VectorRecords.daysAgo(-2) + "T08:00:00Z");
    ahead.add(future);
    table.row(
        "8",
        "a value from the future",
        "CKD-EPI, a creatinine dated in two days (" + road + ")",
        "57.5",
        egfr(ahead.open(EGFR, VIEW)));
  }

  private void notMadeFor(Road road) throws IOException, InterruptedException {
    for (int age : new int[] {29, 80}) {
      Person person = ehr.person(road, age, "female");
      VectorsProof.record(person, published());
      table.row(
          "10",
          "a number for whom the model is not made",
          "PREVENT at " + age + " years (" + road + ")",
          "no card",
          risk(person.open(CVD, VIEW)));
    }
    Person infarct = ehr.person(road, 50, "female");
    VectorsProof.record(infarct, published());
    ObjectNode condition = about(infarct.id(), "Condition");
    coding(condition.putObject("code"), VectorRecords.SNOMED, "22298006");
    condition.put("onsetDateTime", "2019-05-01");
    infarct.add(condition);
    table.row(
        "10",
        "a first event foretold after one",
        "PREVENT, a myocardial infarction on record (" + road + ")",
        "no card",
        risk(infarct.open(CVD, VIEW)));
  }

  private void percent(Road road) throws IOException, InterruptedException {
    Person person = ehr.person(road, 50, "female");
    VectorsProof.record(person, published());
    JsonNode card = person.open(CVD, VIEW).card();
    double stored =
        ehr.stored(card, "RiskAssessment")
            .path("prediction")
            .path(0)
            .path("probabilityDecimal")
            .asDouble();
    double fraction = card.at("/extension/org.auscult.explanation/outputs/0/value").asDouble();
    table.row(
        "11",
        "percent and fraction confused",
        "PREVENT's published example (" + road + ")",
        "14.7 shown; 14.7 stored; 0.147 in the explanation",
        VectorTable.shown(card, "10-year risk of cardiovascular disease")
            + " shown; "
            + VectorTable.asShown(stored)
            + " stored; "
            + BigDecimal.valueOf(fraction).setScale(3, RoundingMode.HALF_UP)
            + " in the explanation");
  }

  private void lookBack(Road road) throws IOException, InterruptedException {
    Person old = sixtyYearOldMan(road);
    ObjectNode creatinine = creatinine(old, "1.4");
    creatinine.put("effectiveDateTime", VectorRecords.daysAgo(400) + "T08:00:00Z");
    old.add(creatinine);
    table.row(
        "16",
        "a value older than its look-back",
        "CKD-EPI, a creatinine of 400 days ago (" + road + ")",
        "[info] eGFR not assessed",
        head(old.open(EGFR, VIEW)));
  }
}
