package org.auscult.server.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.UUID;
import org.auscult.server.caller.DemonstrationEhr;
import org.auscult.server.token.TokenSource;
import org.jspecify.annotations.Nullable;

/** What the demonstration asks its server for, as an EHR would. */
final class DemoCalls {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final String root;
  private final @Nullable DemonstrationEhr ehr;
  private final TokenSource service;

  /** Before there is a server. */
  static final DemoCalls NOBODYS = new DemoCalls("", null, TokenSource.NONE);

  /**
   * @param ehr that signs calls of hooks; null for nobody
   * @param service as which the FHIR API is asked
   */
  DemoCalls(String root, @Nullable DemonstrationEhr ehr, TokenSource service) {
    this.root = root;
    this.ehr = ehr;
    this.service = service;
  }

  /** A fresh call of a hook about a patient of this server. */
  ObjectNode hook(String hook, String user, String patient) {
    ObjectNode call = JSON.createObjectNode();
    call.put("hook", hook);
    call.put("hookInstance", UUID.randomUUID().toString());
    call.put("fhirServer", root + "/fhir");
    call.putObject("context").put("userId", user).put("patientId", patient);
    return call;
  }

  /** A call when a patient's encounter starts. */
  ObjectNode encounterStart(String user, String patient) {
    ObjectNode call = hook("encounter-start", user, patient);
    ((ObjectNode) call.path("context")).put("encounterId", patient + "-encounter");
    return call;
  }

  /** A call with draft orders; on {@code order-select} the last one has just been selected. */
  ObjectNode orders(String hook, String user, String patient, Order... orders) {
    ObjectNode call = hook(hook, user, patient);
    ObjectNode context = (ObjectNode) call.path("context");
    if (hook.equals("order-select")) {
      context.putArray("selections").add("MedicationRequest/draft-" + orders.length);
    }
    ObjectNode bundle = context.putObject("draftOrders");
    bundle.put("resourceType", "Bundle").put("type", "collection");
    var entries = bundle.putArray("entry");
    for (int i = 0; i < orders.length; i++) {
      entries.addObject().set("resource", orders[i].draft("draft-" + (i + 1), patient));
    }
    return call;
  }

  /** The cards of a service. */
  JsonNode cards(String service, JsonNode call) throws IOException, InterruptedException {
    return JSON.readTree(post("/cds-services/" + service, call).body()).path("cards");
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(known(path).build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> post(String path, JsonNode body) throws IOException, InterruptedException {
    return send("POST", path, body);
  }

  HttpResponse<String> put(String path, JsonNode body) throws IOException, InterruptedException {
    return send("PUT", path, body);
  }

  private HttpResponse<String> send(String method, String path, JsonNode body)
      throws IOException, InterruptedException {
    return http.send(
        known(path)
            .header(
                "Content-Type",
                path.startsWith("/fhir") ? "application/fhir+json" : "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** Calls of hooks bring the EHR's token, others the service's. */
  private HttpRequest.Builder known(String path) throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(root + path));
    boolean isHook = path.startsWith("/cds-services");
    String token =
        isHook && ehr != null ? ehr.token(ehr.server() + path, Instant.now()) : service.token();
    return token == null ? request : request.header("Authorization", "Bearer " + token);
  }
}
