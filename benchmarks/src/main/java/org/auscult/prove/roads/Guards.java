package org.auscult.prove.roads;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import org.auscult.prove.FhirCalls;
import org.auscult.prove.SamplePatients;

/** Servers that fail, lie, and point elsewhere; and addresses that must not be called. */
final class Guards {
  /** Names that the server under test finds in its own hosts file, listed or not. */
  static final String NAME_OF_LOOPBACK = "loopback.ehr.test";

  static final String NAME_OF_LINK = "metadata.ehr.test";
  static final String NAME_OF_PRIVATE = "ward.ehr.test";

  private static final Duration PATIENCE = Duration.ofSeconds(12);

  private final HookCaller caller;
  private final ProofEhr ehr;
  private final ProofEhr stranger;
  private final String patient;
  private final PrintStream out;
  private final List<String> failures;

  Guards(
      HookCaller caller,
      ProofEhr ehr,
      ProofEhr stranger,
      String patient,
      PrintStream out,
      List<String> failures) {
    this.caller = caller;
    this.ehr = ehr;
    this.stranger = stranger;
    this.patient = patient;
    this.out = out;
    this.failures = failures;
  }

  void check() throws IOException, InterruptedException {
    refused(
        "a token that the EHR does not take",
        412,
        "condition (fhirServer refused it)",
        call -> {
          ((ObjectNode) call.path("fhirAuthorization"))
              .put("access_token", HookCaller.CANARY + ".unknown");
        });
    refused("no token", 412, "refused", call -> call.remove("fhirAuthorization"));
    faults();
    pages();
    addresses();
    if (!stranger.requests.isEmpty()) {
      failures.add(
          "a server that is not listed was called: " + stranger.requests.size() + " times");
    }
    boolean outside = ehr.requests.stream().anyMatch(r -> !r.target().startsWith("/r4/fhir/"));
    if (outside) {
      failures.add("the listed host was called outside its base");
    }
    out.printf("  %-46s %d requests%n", "to a server that is not listed", stranger.requests.size());
  }

  private interface Change {
    void to(ObjectNode call);
  }

  private void refused(String what, int status, String says, Change change)
      throws IOException, InterruptedException {
    ObjectNode call = caller.call(patient);
    change.to(call);
    long start = System.nanoTime();
    FhirCalls.Answer answer = caller.send(call);
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    out.printf("  %-46s HTTP %d in %d ms%n", what, answer.status(), took.toMillis());
    String reason = HookCaller.reason(answer);
    if (answer.status() != status || !reason.contains(says)) {
      failures.add(what + ": HTTP " + answer.status() + " where " + status + " is due: " + reason);
    }
    if (took.compareTo(PATIENCE) > 0) {
      failures.add(what + ": answered after " + took.toMillis() + " ms");
    }
  }

  private void fault(String what, String says, int status, ProofEhr.Fault fault)
      throws IOException, InterruptedException {
    ehr.faults.put("Condition", fault);
    refused(what, status, says, call -> {});
    ehr.faults.clear();
  }

  private void faults() throws IOException, InterruptedException {
    fault("an error of the EHR", "condition (fhirServer answered with an error)", 412, status(500));
    fault("an answer that is forbidden", "condition (fhirServer refused it)", 412, status(403));
    fault("no FHIR", "condition (the answer is not FHIR in JSON)", 412, body("<html>"));
    fault("a slow answer", "condition (fhirServer was too slow)", 412, Guards::slow);
    fault("an answer that drips", "condition (fhirServer was too slow)", 412, Guards::drip);
    fault(
        "an answer of 12 MB",
        "condition (the answers are too large)",
        412,
        body("{\"resourceType\":\"Bundle\",\"x\":\"" + "x".repeat(12_000_000) + "\"}"));
    fault(
        "a redirect to another host",
        "condition (fhirServer points elsewhere",
        412,
        exchange -> {
          exchange.getResponseHeaders().add("Location", stranger.base() + "/Condition");
          ProofEhr.send(exchange, 302, "");
          return true;
        });
    fault("a resource of another patient", "another patient", 400, body(another()));
    ehr.faults.put("Patient", body("{\"resourceType\":\"Patient\",\"id\":\"another\"}"));
    refused("another Patient than asked for", 400, "another patient", call -> {});
    ehr.faults.clear();
  }

  private static ProofEhr.Fault status(int status) {
    return exchange -> {
      ProofEhr.send(exchange, status, ProofEhr.outcome("error"));
      return true;
    };
  }

  private static ProofEhr.Fault body(String body) {
    return exchange -> {
      ProofEhr.send(exchange, 200, body);
      return true;
    };
  }

  private static boolean slow(HttpExchange exchange) {
    pause(15_000);
    return true;
  }

  private static boolean drip(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    for (int i = 0; i < 150; i++) {
      exchange.getResponseBody().write(' ');
      exchange.getResponseBody().flush();
      pause(100);
    }
    return true;
  }

  private static void pause(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String another() {
    ObjectNode bundle = SamplePatients.resource("Bundle").put("type", "searchset");
    ObjectNode condition = SamplePatients.resource("Condition").put("id", "c9");
    condition.putObject("subject").put("reference", "Patient/another");
    bundle.putArray("entry").addObject().set("resource", condition);
    return bundle.toString();
  }

  /** Conditions that are not whole: a card that says so, and no number. */
  private void pages() throws IOException, InterruptedException {
    notAssessed("a next page at another host", withNext(stranger.base() + "/Condition?page=2"));
    notAssessed("a next page outside the base", withNext(ehr.root() + "/admin?page=2"));
    notAssessed("a next page by way of ..", withNext(ehr.base() + "/../../admin?page=2"));
    notAssessed(
        "a next page with a user", withNext(ehr.base().replace("//", "//u:p@") + "/Condition?p"));
    notAssessed("a page that is its own next", withNext(ehr.base() + "/Condition?self"));
    ObjectNode outcome = SamplePatients.resource("Bundle").put("type", "searchset");
    outcome
        .putArray("entry")
        .addObject()
        .set("resource", FhirCalls.JSON.readTree(ProofEhr.outcome("error")));
    notAssessed("an OperationOutcome in an answer", outcome);
    notAssessed(
        "fewer resources than the total",
        SamplePatients.resource("Bundle").put("type", "searchset").put("total", 3));
  }

  private static ObjectNode withNext(String url) {
    ObjectNode bundle = SamplePatients.resource("Bundle").put("type", "searchset");
    ArrayNode links = bundle.putArray("link");
    links.addObject().put("relation", "next").put("url", url);
    return bundle;
  }

  private void notAssessed(String what, JsonNode conditions)
      throws IOException, InterruptedException {
    ehr.faults.put("Condition", body(conditions.toString()));
    JsonNode fetched = caller.send(caller.call(patient)).body().path("cards");
    ehr.faults.clear();
    out.printf("  %-46s %s%n", what, fetched.path(0).path("summary").asText("no card"));
    boolean said =
        fetched.size() == 1
            && fetched.path(0).path("summary").asText().contains("not assessed")
            && fetched
                .path(0)
                .path("extension")
                .path("org.auscult.explanation")
                .path("outputs")
                .isEmpty();
    if (!said) {
      failures.add(what + ": the card does not say that it was not assessed");
    }
  }

  private void addresses() throws IOException, InterruptedException {
    refused(
        "a server that is not listed",
        412,
        "auscult.caller-fhir-servers",
        call -> call.put("fhirServer", stranger.base()));
    refused(
        "another path of the listed host",
        412,
        "auscult.caller-fhir-servers",
        call -> call.put("fhirServer", ehr.root() + "/admin"));
    refused(
        "a user in the URL",
        400,
        "fhirServer",
        call -> call.put("fhirServer", ehr.base().replace("//", "//user:password@")));
    refused(
        "another scheme", 400, "fhirServer", call -> call.put("fhirServer", "file:///etc/passwd"));
    for (String name : List.of(NAME_OF_LOOPBACK, NAME_OF_LINK, NAME_OF_PRIVATE)) {
      refused(
          name + ", listed",
          412,
          "leads to an address that this service does not call",
          call -> call.put("fhirServer", named(name, stranger)));
    }
  }

  /** The base URL by which a name would lead to the server that must not be called. */
  static String named(String name, ProofEhr stranger) {
    return "http://" + name + ":" + stranger.port() + "/r4/fhir";
  }
}
