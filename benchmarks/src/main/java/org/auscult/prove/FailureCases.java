package org.auscult.prove;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import org.auscult.prove.Ehr.Person;
import org.auscult.prove.Ehr.Reply;
import org.auscult.prove.Ehr.Road;

/** What goes live and what failures show: rules 17 and 19 to 21. */
final class FailureCases {
  private static final String SD = "https://auscult.org/fhir/StructureDefinition/";
  private static final String BROKEN = "https://example.org/Library/broken|1.0.0";
  private static final String VIEW = "patient-view";
  private static final String EGFR = PatientCases.EGFR;

  private final Ehr ehr;
  private final HazardTable table;

  FailureCases(Ehr ehr, HazardTable table) {
    this.ehr = ehr;
    this.table = table;
  }

  List<SafetyProof.Case> all() throws IOException, InterruptedException {
    breakModel();
    return List.of(
        this::modelFails,
        this::modelFailsSilently,
        this::fallback,
        this::oneBadValue,
        this::envelope,
        this::badResource,
        this::oddUnit);
  }

  void beforeAnybodyLetsAnythingGoLive() throws IOException, InterruptedException {
    int offered = ehr.http().get("/cds-services").body().path("services").size();
    ObjectNode call = ehr.person(Road.RECORD, 60, "male").call("cvd-risk", VIEW);
    table.row(
        "17",
        "a service answers that nobody let go live",
        "discovery and a call of the starter pack as it arrives",
        "0 services; HTTP 404",
        offered + " services; " + ehr.send("cvd-risk", call).inWords());
  }

  void afterSuspension() throws IOException, InterruptedException {
    Person person = ehr.person(Road.RECORD, 60, "male");
    person.add(PatientCases.creatinine(person, "1.4"));
    String before = PatientCases.egfr(person.open(EGFR, VIEW));
    ehr.as("approver")
        .post(
            "/fhir/PlanDefinition/" + EGFR + "/$suspend",
            FhirCalls.JSON.createObjectNode().put("resourceType", "Parameters"));
    table.row(
        "17",
        "a suspended service answers",
        "the call before $suspend, and the next one",
        "57.5; HTTP 404",
        before + "; " + person.open(EGFR, VIEW).inWords());
  }

  /** A model whose file gives an eGFR where its Library promises a probability. */
  private void breakModel() throws IOException, InterruptedException {
    ObjectNode model = (ObjectNode) ehr.http().get("/fhir/Library/ckd-epi-2021").body();
    model.put("id", "broken").put("url", "https://example.org/Library/broken");
    model.put("name", "broken").put("title", "A broken model").remove("text");
    model.putObject("meta").putArray("profile").add(SD + "prediction-model");
    for (JsonNode extension : model.path("extension")) {
      String url = extension.path("url").asText();
      if (url.equals(SD + "model-output-kind")) {
        ((ObjectNode) extension).put("valueCode", "probability");
      } else if (url.equals(SD + "model-output")) {
        ArrayNode parts = ((ObjectNode) extension).putArray("extension");
        parts.addObject().put("url", "name").put("valueString", "egfr");
        parts.addObject().put("url", "title").put("valueString", "eGFR");
        parts.addObject().put("url", "unit").put("valueCode", "1");
        parts
            .addObject()
            .put("url", "horizon")
            .putObject("valueDuration")
            .put("value", 1)
            .put("system", "http://unitsofmeasure.org")
            .put("code", "a");
      }
    }
    FhirCalls.Answer answer = ehr.as("model-author").put("/fhir/Library/broken", model);
    if (answer.status() / 100 != 2) {
      throw new IOException("The broken model was refused: " + answer.body());
    }
    for (String onFailure : List.of("not-assessed", "silent")) {
      new ProofDeployment("proof-fails-" + onFailure, onFailure, VIEW)
          .model(BROKEN, "Broken", m -> m.output("egfr", "eGFR"))
          .goLive(ehr);
    }
    new ProofDeployment("proof-fallback", "not-assessed", VIEW)
        .model(BROKEN, "Broken", m -> m.fallback(PatientCases.CKD_EPI).output("egfr", "eGFR"))
        .goLive(ehr);
  }

  private Person person(Road road) throws IOException, InterruptedException {
    Person person = ehr.person(road, 60, "male");
    person.add(PatientCases.creatinine(person, "1.4"));
    return person;
  }

  private void modelFails(Road road) throws IOException, InterruptedException {
    table.row(
        "19",
        "silence reassures",
        "a model whose answer is no probability; the deployment says not-assessed (" + road + ")",
        "[info] eGFR not assessed: the model gave no answer (Broken)",
        person(road).open("proof-fails-not-assessed", VIEW).inWords());
  }

  private void modelFailsSilently(Road road) throws IOException, InterruptedException {
    Person person = person(road);
    ObjectNode call = person.call("proof-fails-silent", VIEW);
    Reply reply = ehr.send("proof-fails-silent", call);
    table.row(
        "19",
        "a failure that leaves no trace",
        "the same; the deployment says silent (" + road + ")",
        "no card; failure/not-a-probability",
        reply.inWords()
            + "; "
            + String.join(", ", person.reasons(call.path("hookInstance").asText())));
  }

  private void fallback(Road road) throws IOException, InterruptedException {
    Reply reply = person(road).open("proof-fallback", VIEW);
    String detail = reply.card().path("detail").asText();
    table.row(
        "19",
        "another version speaks unseen",
        "the same; the deployment names a fallback (" + road + ")",
        "57.5; stands in for Broken, version 1.0.0",
        PatientCases.egfr(reply)
            + "; "
            + (detail.contains("which stands in for Broken, version 1.0.0: that gave no answer")
                ? "stands in for Broken, version 1.0.0"
                : "not said"));
  }

  private void oneBadValue(Road road) throws IOException, InterruptedException {
    Person bad = ehr.person(road, 60, "male");
    bad.add(PatientCases.creatinine(bad, "5000"));
    Person good = person(road);
    table.row(
        "20",
        "one bad value stops more than one patient's prediction",
        "CKD-EPI, a creatinine of 5000 mg/dL, and the next patient (" + road + ")",
        "[info] eGFR not assessed; 57.5",
        PatientCases.head(bad.open(EGFR, VIEW)) + "; " + PatientCases.egfr(good.open(EGFR, VIEW)));
  }

  private void envelope(Road road) throws IOException, InterruptedException {
    ObjectNode call = person(road).call(EGFR, VIEW);
    ObjectNode without = call.deepCopy();
    without.remove("hookInstance");
    ObjectNode wrong = call.deepCopy().put("hook", "order-sign");
    table.row(
        "21",
        "a call that cannot be read is guessed at",
        "half a JSON; no hookInstance; another hook than the service has",
        "400, 400, 400",
        post(call.toString().substring(0, 80))
            + ", "
            + post(without.toString())
            + ", "
            + post(wrong.toString()));
  }

  private int post(String body) throws IOException, InterruptedException {
    return ehr.http()
        .exchange(
            HttpRequest.newBuilder(URI.create(ehr.http().root() + "/cds-services/" + EGFR))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)))
        .statusCode();
  }

  private void badResource(Road road) throws IOException, InterruptedException {
    Person person = ehr.person(Road.PREFETCH, 50, "female");
    VectorsProof.record(person, PatientCases.published());
    ObjectNode bad = VectorRecords.observation(person.id(), "98979-8");
    bad.put("status", "no status").putObject("valueQuantity").put("value", "many");
    person.add(bad);
    Reply reply = person.open("cvd-risk", VIEW);
    table.row(
        "21",
        "one bad resource stops the card, or is passed over in silence",
        "PREVENT's published example and a resource that is no Observation",
        "HTTP 200; the card says that something could not be read",
        "HTTP "
            + reply.status()
            + "; "
            + (reply.card().path("detail").asText().contains("could not be read")
                ? "the card says that something could not be read"
                : reply.inWords()));
  }

  private void oddUnit(Road road) throws IOException, InterruptedException {
    Person person = person(Road.RECORD);
    ObjectNode odd =
        VectorRecords.number(
            person.id(), "2160-0", DecimalNode.valueOf(new BigDecimal(5)), "{stone}");
    odd.put("effectiveDateTime", VectorRecords.daysAgo(1) + "T08:00:00Z");
    int status = ehr.http().post("/fhir/Observation", odd).status();
    String shown = PatientCases.egfr(person.open(EGFR, VIEW));
    table.row(
        "21",
        "a FHIR write with an odd unit is lost, or read as the usual one",
        "a creatinine in {stone}, newer than 1.4 mg/dL",
        "stored with HTTP 201; no eGFR of it",
        "stored with HTTP "
            + status
            + "; "
            + (shown.equals("57.5") || shown.contains("not assessed") ? "no eGFR of it" : shown));
  }
}
