package org.auscult.prove.roads;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.auscult.prove.FhirCalls;

/**
 * The EHR's side of a hook: calls with a fresh token each, which only its FHIR server should see.
 */
final class HookCaller {
  /** Begins each token, so that any of them is found anywhere. */
  static final String CANARY = "canary7e2b";

  private final FhirCalls http;
  private final ProofEhr ehr;
  private final Map<String, String> templates = new LinkedHashMap<>();
  private final List<String> instances = new ArrayList<>();
  private final List<String> leaks = new ArrayList<>();

  HookCaller(FhirCalls http, ProofEhr ehr) throws IOException, InterruptedException {
    this.http = http;
    this.ehr = ehr;
    for (JsonNode service : http.get("/cds-services").body().path("services")) {
      if (service.path("id").asText().equals("cvd-risk")) {
        service
            .path("prefetch")
            .fields()
            .forEachRemaining(t -> templates.put(t.getKey(), t.getValue().asText()));
      }
    }
    if (templates.size() < 3) {
      throw new IOException("Discovery does not state what cvd-risk needs");
    }
  }

  /** The prefetch keys that discovery states. */
  List<String> keys() {
    return List.copyOf(templates.keySet());
  }

  String query(String key, String patient) {
    return templates.getOrDefault(key, "").replace("{{context.patientId}}", patient);
  }

  /** The instances of all calls so far. */
  List<String> instances() {
    return instances;
  }

  /** Where a token came back in an answer. */
  List<String> leaks() {
    return leaks;
  }

  /** A call that names the EHR's FHIR server and brings a token for it, without prefetch. */
  ObjectNode call(String patient) {
    String token = CANARY + "." + UUID.randomUUID();
    ehr.give(token);
    ObjectNode call = FhirCalls.JSON.createObjectNode();
    call.put("hook", "patient-view").put("hookInstance", UUID.randomUUID().toString());
    call.put("fhirServer", ehr.base());
    call.putObject("fhirAuthorization")
        .put("access_token", token)
        .put("token_type", "Bearer")
        .put("expires_in", 300)
        .put("scope", "patient/*.read")
        .put("patient", patient)
        .put("subject", "auscult");
    call.putObject("context").put("userId", "Practitioner/1").put("patientId", patient);
    return call;
  }

  FhirCalls.Answer send(ObjectNode call) throws IOException, InterruptedException {
    instances.add(call.path("hookInstance").asText());
    FhirCalls.Answer answer = http.post("/cds-services/cvd-risk", call);
    if (answer.body().toString().contains(CANARY)) {
      leaks.add("HTTP " + answer.status());
    }
    return answer;
  }

  /** The text of a refusal. */
  static String reason(FhirCalls.Answer answer) {
    return answer.body().at("/issue/0/diagnostics").asText();
  }
}
