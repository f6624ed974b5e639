package org.auscult.prove;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;

/** Everything that hook calls leave in the record is valid against the committed guide. */
final class ValidProof implements Proof {
  private static final List<String> TYPES =
      List.of(
          "RiskAssessment",
          "Observation?_profile=https://auscult.org/fhir/StructureDefinition/explanation",
          "Observation?_profile=https://auscult.org/fhir/StructureDefinition/score",
          "Observation?_profile=https://auscult.org/fhir/StructureDefinition/feedback",
          "Provenance",
          "GuidanceResponse",
          "Device",
          "Library",
          "AuditEvent");

  @Override
  public String name() {
    return "valid";
  }

  @Override
  public String about() {
    return "every resource that hook calls produce validates against the guide";
  }

  @Override
  public Verdict run(Conditions conditions) throws Exception {
    int calls = conditions.pick(20, 200);
    SamplePatients patients = new SamplePatients(new Random(conditions.seed()));
    List<String> failures = new ArrayList<>();
    int cards = 0;
    try (ServerProcess server = conditions.servers().live(conditions.db())) {
      FhirCalls fhir = server.calls();
      String last = "";
      for (int i = 0; i < calls; i++) {
        String patient = patients.create(fhir);
        FhirCalls.Answer answer =
            fhir.post(
                "/cds-services/cvd-risk",
                SamplePatients.chart(server.root(), patient, UUID.randomUUID().toString()));
        JsonNode card = answer.body().path("cards").path(0);
        if (answer.status() != 200) {
          failures.add("call " + i + " was answered with HTTP " + answer.status());
        } else if (!SamplePatients.prediction(card).isEmpty()) {
          cards++;
          last = SamplePatients.prediction(card);
          answer(fhir, card);
          answerAsUser(server.callsAs("clinician"), card);
        }
      }
      if (!last.isEmpty()) {
        fhir.await("/fhir/RiskAssessment/" + last);
        Thread.sleep(3_000);
      }
      Map<String, Integer> validated = validate(server, failures);
      conditions.out().printf("  %d calls, %d of them with a prediction%n", calls, cards);
      validated.forEach((type, n) -> conditions.out().printf("  %-90s %5d valid%n", type, n));
      if (validated.getOrDefault("RiskAssessment", 0) != cards) {
        failures.add(cards + " predictions were shown, not all of them stand in the record");
      }
    }
    return new Verdict(failures);
  }

  private static void answer(FhirCalls fhir, JsonNode card)
      throws IOException, InterruptedException {
    ObjectNode body = FhirCalls.JSON.createObjectNode();
    ObjectNode answer = body.putArray("feedback").addObject();
    answer.put("card", card.path("uuid").asText()).put("outcome", "overridden");
    answer.put("outcomeTimestamp", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    answer.putObject("overrideReason").set("reason", card.path("overrideReasons").path(0));
    fhir.post("/cds-services/cvd-risk/feedback", body);
  }

  private static void answerAsUser(FhirCalls clinician, JsonNode card)
      throws IOException, InterruptedException {
    ObjectNode said = FhirCalls.JSON.createObjectNode().put("resourceType", "Parameters");
    ArrayNode parameters = said.putArray("parameter");
    parameters.addObject().put("name", "outcome").put("valueCode", "overridden");
    parameters.addObject().put("name", "comment").put("valueString", "Known, and *treated*");
    clinician.post("/fhir/RiskAssessment/" + SamplePatients.prediction(card) + "/$feedback", said);
  }

  private static Map<String, Integer> validate(ServerProcess server, List<String> failures)
      throws IOException, InterruptedException {
    GuideValidator validator = new GuideValidator();
    Map<String, Integer> valid = new TreeMap<>();
    for (String type : TYPES) {
      String path = "/fhir/" + type + (type.contains("?") ? "&" : "?") + "_count=1000";
      FhirCalls fhir = type.equals("AuditEvent") ? server.callsAs("auditor") : server.calls();
      for (JsonNode entry : fhir.get(path).body().path("entry")) {
        JsonNode resource = entry.path("resource");
        List<String> errors = validator.errors(resource.toString());
        if (errors.isEmpty()) {
          valid.merge(type, 1, Integer::sum);
        }
        String id = resource.path("resourceType").asText() + "/" + resource.path("id").asText();
        errors.forEach(e -> failures.add(id + " " + e));
      }
    }
    return valid;
  }
}
