package org.auscult.prove;

import static org.auscult.prove.VectorRecords.number;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.auscult.prove.Ehr.Person;
import org.auscult.prove.Ehr.Reply;
import org.auscult.prove.Ehr.Road;

/** Who sees which card, how often, and who answers it: rules 24 to 27. */
final class CardCases {
  private static final String SERVICE = "proof-fatigue";
  private static final String VIEW = "patient-view";
  private static final String EGFR = PatientCases.EGFR;

  private final Ehr ehr;
  private final HazardTable table;

  CardCases(Ehr ehr, HazardTable table) throws IOException, InterruptedException {
    this.ehr = ehr;
    this.table = table;
    new ProofDeployment(SERVICE, "not-assessed", VIEW)
        .silent(7, 30)
        .model(
            "https://auscult.org/fhir/Library/kfre-4var-north-america|1.0.0",
            "KFRE 2016",
            m -> m.output("kidney_failure_2y", "2-year risk of kidney failure", 10, 40))
        .goLive(ehr);
  }

  List<SafetyProof.Case> all() {
    return List.of(
        this::fatigue,
        this::retry,
        this::accepted,
        this::layPerson,
        this::answeredByAUser,
        this::answeredByAnEhr,
        this::client,
        this::underProtection);
  }

  /** A course of one patient, who gets worse; each step is a new eGFR, an hour after the other. */
  private void fatigue(Road road) throws IOException, InterruptedException {
    Person below = kidneys("40", road);
    row(
        "nothing asked for, below the threshold",
        "2-year risk below 10 %",
        "no card",
        open(below, "a"));
    Person person = kidneys("30", road);
    Reply first = person.open(SERVICE, VIEW);
    row("", "the chart opened first", "warning", indicator(first));
    row("the same said again", "the second opening by the same user", "no card", open(person, "1"));
    row("one user's silence is another's", "another user's opening", "warning", open(person, "2"));
    String card = first.card().path("uuid").asText();
    ObjectNode feedback = feedback(card, "overridden");
    int status = ehr.http().post("/cds-services/" + SERVICE + "/feedback", feedback).status();
    worse(person, "29.5", 3);
    row(
        "an override is not heeded",
        "an override (HTTP " + status + "), then another number as urgent",
        "no card",
        open(person, "1"));
    worse(person, "11", 4);
    row("worse is held back", "then a critical number", "critical", open(person, "1"));
  }

  private void row(String hazard, String sent, String expected, String measured) {
    table.row(
        "24", hazard.isEmpty() ? "nothing is shown" : hazard, "KFRE, " + sent, expected, measured);
  }

  private String open(Person person, String user) throws IOException, InterruptedException {
    ObjectNode call = person.call(SERVICE, VIEW);
    ((ObjectNode) call.path("context")).put("userId", "Practitioner/" + user);
    return indicator(ehr.send(SERVICE, call));
  }

  private static String indicator(Reply reply) {
    return reply.cards().isEmpty() ? reply.inWords() : reply.card().path("indicator").asText();
  }

  private Person kidneys(String egfr, Road road) throws IOException, InterruptedException {
    Person person = ehr.person(road, 57, "female");
    person.add(number(person.id(), "9318-7", decimal("1762"), "mg/g"));
    worse(person, egfr, 1);
    return person;
  }

  /** The user is nobody whom a consent permits anything: the number stays, the input goes. */
  private void underProtection(Road road) throws IOException, InterruptedException {
    Person person = ehr.person(road, 57, "female");
    ObjectNode ratio = number(person.id(), "9318-7", decimal("1762"), "mg/g");
    ratio
        .putObject("meta")
        .putArray("security")
        .addObject()
        .put("system", "http://terminology.hl7.org/CodeSystem/v3-Confidentiality")
        .put("code", "R");
    person.add(ratio);
    worse(person, "30", 1);
    Reply reply = person.open(SERVICE, VIEW);
    String card = reply.card().toString();
    boolean isNamed = card.contains("albumin") || card.contains("1762") || card.contains("uacr");
    table.row(
        "34",
        "what is under special protection is named to a stranger",
        "KFRE, an albumin/creatinine ratio that bears a label (" + road + ")",
        "warning; \"inputs that are withheld from you\"; not named",
        indicator(reply)
            + (card.contains("inputs that are withheld from you")
                ? "; \"inputs that are withheld from you\""
                : "; no word of it")
            + (isNamed ? "; named" : "; not named"));
  }

  private static void worse(Person person, String egfr, int hour)
      throws IOException, InterruptedException {
    ObjectNode measured = number(person.id(), "98979-8", decimal(egfr), "mL/min/{1.73_m2}");
    measured.put("effectiveDateTime", VectorRecords.daysAgo(1) + "T0" + hour + ":00:00Z");
    person.add(measured);
  }

  private static JsonNode decimal(String value) {
    return DecimalNode.valueOf(new BigDecimal(value));
  }

  private static ObjectNode feedback(String card, String outcome) {
    ObjectNode feedback = FhirCalls.JSON.createObjectNode();
    feedback
        .putArray("feedback")
        .addObject()
        .put("card", card)
        .put("outcome", outcome)
        .put("outcomeTimestamp", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    return feedback;
  }

  private Person renal(Road road) throws IOException, InterruptedException {
    Person person = ehr.person(road, 60, "male");
    person.add(PatientCases.creatinine(person, "1.4"));
    return person;
  }

  private void retry(Road road) throws IOException, InterruptedException {
    Person person = renal(road);
    ObjectNode call = person.call(EGFR, VIEW);
    Set<String> bodies = new HashSet<>();
    Set<String> cards = new HashSet<>();
    for (int i = 0; i < 3; i++) {
      Reply reply = ehr.send(EGFR, call);
      bodies.add(reply.body().toString());
      cards.add(reply.card().path("uuid").asText());
    }
    Reply other = person.open(EGFR, VIEW);
    cards.add(other.card().path("uuid").asText());
    ehr.stored(other.card(), "Observation");
    int stored = predictions(person);
    for (int i = 0; i < 50 && stored < 2; i++) {
      Thread.sleep(100);
      stored = predictions(person);
    }
    table.row(
        "25",
        "a retry makes another prediction",
        "one hookInstance three times, then another (" + road + ")",
        "1 answer for the retries; 2 cards; 2 predictions",
        bodies.size()
            + " answer for the retries; "
            + cards.size()
            + " cards; "
            + stored
            + " predictions");
  }

  private static int predictions(Person person) throws IOException, InterruptedException {
    return (int)
        person.found("Observation").stream()
            .filter(o -> o.toString().contains("StructureDefinition/score\""))
            .count();
  }

  private void accepted(Road road) throws IOException, InterruptedException {
    String card = renal(road).open(EGFR, VIEW).card().path("uuid").asText();
    table.row(
        "25",
        "acceptance where there was nothing to accept",
        "feedback \"accepted\" on a card without suggestions (" + road + ")",
        "HTTP 400",
        "HTTP "
            + ehr.http()
                .post("/cds-services/" + EGFR + "/feedback", feedback(card, "accepted"))
                .status());
  }

  private void layPerson(Road road) throws IOException, InterruptedException {
    Person person = renal(road);
    StringBuilder measured = new StringBuilder();
    for (String user : List.of("Patient/" + person.id(), "RelatedPerson/7", "Practitioner/7")) {
      ObjectNode call = person.call(EGFR, VIEW);
      ((ObjectNode) call.path("context")).put("userId", user);
      measured.append(measured.isEmpty() ? "" : ", ").append(ehr.send(EGFR, call).cards().size());
    }
    table.row(
        "26",
        "a clinician's card for a patient",
        "a patient, a relative and a practitioner open the chart (" + road + ")",
        "0, 0, 1",
        measured.toString());
  }

  private static ObjectNode answer(String outcome) {
    ObjectNode parameters = FhirCalls.JSON.createObjectNode().put("resourceType", "Parameters");
    parameters.putArray("parameter").addObject().put("name", "outcome").put("valueCode", outcome);
    return parameters;
  }

  /** Twice the same, then what there is nothing of; by a clinician, and by who is none. */
  private void answeredByAUser(Road road) throws IOException, InterruptedException {
    JsonNode card = renal(road).open(EGFR, VIEW).card();
    String path = "/fhir/Observation/" + Ehr.prediction(card) + "/$feedback";
    FhirCalls clinician = ehr.as("clinician");
    JsonNode first = clinician.post(path, answer("overridden")).body();
    JsonNode again = clinician.post(path, answer("overridden")).body();
    int accepted = clinician.post(path, answer("accepted")).status();
    String id = first.path("id").asText();
    table.row(
        "26",
        "an answer to a prediction under nobody's name",
        "$feedback, twice, by the demonstration's clinician (" + road + ")",
        "about this prediction, by Practitioner/demo-clinician, way app, 1 answer, 1 Provenance",
        (about(first, card) ? "about this prediction" : "about another")
            + ", by "
            + first.at("/performer/0/reference").asText()
            + ", way "
            + first.at("/method/coding/0/code").asText()
            + (again.path("id").asText().equals(id) ? ", 1 answer, " : ", 2 answers, ")
            + ehr.http().get("/fhir/Provenance?target=Observation/" + id).body().at("/entry").size()
            + " Provenance");
    table.row(
        "25",
        "acceptance where there was nothing to accept",
        "$feedback \"accepted\" on a card without suggestions (" + road + ")",
        "HTTP 422",
        "HTTP " + accepted);
    StringBuilder others = new StringBuilder("HTTP");
    for (FhirCalls other : List.of(ehr.as("informaticist"), ehr.as("auditor"), ehr.http())) {
      others.append(" ").append(other.post(path, answer("overridden")).status());
    }
    table.row(
        "26",
        "an answer by who is no clinician",
        "$feedback by an informaticist, an auditor and a service (" + road + ")",
        "HTTP 403 403 403",
        others.toString());
  }

  private static boolean about(JsonNode answer, JsonNode card) {
    return answer.at("/focus/0/reference").asText().equals("Observation/" + Ehr.prediction(card));
  }

  private void answeredByAnEhr(Road road) throws IOException, InterruptedException {
    Person person = renal(road);
    ObjectNode call = person.call(EGFR, VIEW);
    ((ObjectNode) call.path("context")).put("userId", "Practitioner/proof-26");
    JsonNode card = ehr.send(EGFR, call).card();
    ehr.http()
        .post(
            "/cds-services/" + EGFR + "/feedback",
            feedback(card.path("uuid").asText(), "overridden"));
    String search = "/fhir/Observation?focus=Observation/" + Ehr.prediction(card);
    String who = "";
    for (int i = 0; i < 100 && who.isEmpty(); i++) {
      Thread.sleep(100);
      for (JsonNode entry : ehr.http().get(search).body().path("entry")) {
        JsonNode said = entry.path("resource");
        if (said.has("method")) {
          who =
              said.at("/method/coding/0/code").asText()
                  + ", "
                  + said.at("/performer/0/reference").asText();
        }
      }
    }
    table.row(
        "26",
        "an answer to a prediction under nobody's name",
        "/feedback of the EHR whose Practitioner/proof-26 saw the card (" + road + ")",
        "ehr, " + (road == Road.RECORD ? "" : person.fhirServer() + "/") + "Practitioner/proof-26",
        who);
  }

  private void client(Road road) throws IOException, InterruptedException {
    Person person = renal(Road.PREFETCH);
    ObjectNode call = person.call(EGFR, VIEW).put("fhirServer", "https://small.example.org/fhir");
    call.putObject("extension").putObject("com.example.vendor").put("build", 7);
    ((ObjectNode) call.path("context")).put("com.example.department", "ED");
    String path = "/ehr/small/cds-services/" + EGFR;
    FhirCalls.Answer answer = ehr.http().post(path, call);
    ObjectNode large = call.deepCopy().put("padding", "x".repeat(10_000));
    ObjectNode foreign = call.deepCopy().put("fhirServer", "https://small.example.org/fhir");
    Set<String> hooks = new HashSet<>();
    ehr.http()
        .get("/ehr/small/cds-services")
        .body()
        .path("services")
        .forEach(s -> hooks.add(s.path("hook").asText()));
    table.row(
        "27",
        "a vendor's extensions stop the call",
        "extensions at the client's own path",
        "HTTP 200, 1 card",
        "HTTP " + answer.status() + ", " + answer.body().path("cards").size() + " card");
    table.row(
        "27",
        "a body that the client may not send",
        "one of more than its 10,000 bytes",
        "HTTP 413",
        "HTTP " + ehr.http().post(path, large).status());
    table.row(
        "27",
        "a hook that the client does not have",
        "discovery at its path",
        "[patient-view]",
        hooks.toString());
    table.row(
        "27",
        "our address taken from a header of the call",
        "a call and discovery with X-Forwarded-Host",
        "not in the answer",
        hostIsEchoed(foreign) ? "in the answer" : "not in the answer");
  }

  private boolean hostIsEchoed(ObjectNode call) throws IOException, InterruptedException {
    StringBuilder answers = new StringBuilder();
    for (HttpRequest.Builder request :
        List.of(
            HttpRequest.newBuilder(URI.create(ehr.http().root() + "/cds-services")),
            HttpRequest.newBuilder(
                    URI.create(ehr.http().root() + "/ehr/small/cds-services/" + EGFR))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(call.toString())))) {
      byte[] answer =
          ehr.http().exchange(request.header("X-Forwarded-Host", "evil.example.com")).body();
      answers.append(new String(answer, StandardCharsets.UTF_8));
    }
    return answers.toString().contains("evil.example.com");
  }
}
