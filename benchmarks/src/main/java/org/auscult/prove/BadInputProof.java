package org.auscult.prove;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/**
 * Bad input gets a 4xx with an OperationOutcome that says what and where; nothing gets a 5xx, and
 * no value of it gets into the log.
 */
final class BadInputProof implements Proof {
  private static final String CALL = "/cds-services/cvd-risk";

  /** Stands for a patient's data: no line of the server's log may hold it. */
  private static final String SECRET = "Zwetschgenmus";

  @Override
  public String name() {
    return "bad-input";
  }

  @Override
  public String about() {
    return "malformed calls and definitions are refused with what and where; never a 5xx";
  }

  @Override
  public Verdict run(Conditions conditions) throws Exception {
    List<String> failures = new ArrayList<>();
    try (ServerProcess server = conditions.servers().live(conditions.db())) {
      String root = server.root();
      FhirCalls fhir = server.calls();
      SamplePatients patients = new SamplePatients(new Random(conditions.seed()));
      ObjectNode good =
          SamplePatients.chart(root, patients.create(fhir), UUID.randomUUID().toString());
      Map<String, Integer> refused = new LinkedHashMap<>();
      for (Map.Entry<String, String> bad : bad(good).entrySet()) {
        refused.put(
            bad.getKey(), refusal(fhir, root + CALL, bad.getKey(), bad.getValue(), failures));
      }
      refused.put(
          "unknown service",
          refusal(
              fhir, root + "/cds-services/nothing", "unknown service", good.toString(), failures));
      refused.put("10 MB body", refusal(fhir, root + CALL, "10 MB body", large(good), failures));
      resources(fhir, refused, failures);
      refused.put("bad definition", definition(server.callsAs("model-author"), failures));
      refused.forEach((what, status) -> conditions.out().printf("  %-40s HTTP %d%n", what, status));
      String text = good.toString();
      int step = conditions.pick(7, 1);
      int cut = 0;
      for (int end = 0; end < text.length(); end += step) {
        refusal(fhir, root + CALL, "cut at byte " + end, text.substring(0, end), failures);
        cut++;
      }
      conditions.out().printf("  %-40s %d bodies%n", "cut at each " + step + ". byte", cut);
      oneBadResource(fhir, root, conditions, failures);
      log(server, failures);
    }
    return new Verdict(failures);
  }

  private static Map<String, String> bad(ObjectNode good) {
    Map<String, String> bad = new LinkedHashMap<>();
    bad.put("no context", without(good, "context"));
    bad.put("no hookInstance", without(good, "hookInstance"));
    bad.put("no hook", without(good, "hook"));
    bad.put("context is a string", with(good, "context", '"' + SECRET + '"'));
    bad.put("hook is a number", with(good, "hook", "7"));
    bad.put("hookInstance is no UUID", with(good, "hookInstance", '"' + SECRET + '"'));
    bad.put("fhirServer is no URL", with(good, "fhirServer", "\"::\""));
    bad.put("another hook", with(good, "hook", "\"order-sign\""));
    bad.put("prefetch is an array", with(good, "prefetch", "[]"));
    bad.put("an array", "[]");
    bad.put("nothing", "");
    bad.put("deeply nested", "[".repeat(100_000));
    return bad;
  }

  private static String without(ObjectNode good, String field) {
    ObjectNode bad = good.deepCopy();
    bad.remove(field);
    return bad.toString();
  }

  private static String with(ObjectNode good, String field, String json) {
    ObjectNode bad = good.deepCopy();
    try {
      bad.set(field, FhirCalls.JSON.readTree(json));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return bad.toString();
  }

  private static String large(ObjectNode good) {
    ObjectNode bad = good.deepCopy();
    bad.putObject("extension").put("x", "x".repeat(10_500_000));
    return bad.toString();
  }

  private static int refusal(
      FhirCalls fhir, String url, String what, String body, List<String> failures)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> response =
        fhir.exchange(
            HttpRequest.newBuilder(URI.create(url))
                .header(
                    "Content-Type",
                    url.contains("/fhir/") ? "application/fhir+json" : "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8)));
    int status = response.statusCode();
    // A refusal of who calls would say nothing of what is called.
    if (status < 400 || status > 499 || status == 401 || status == 403) {
      failures.add(what + ": HTTP " + status + ", where another 4xx is due");
      return status;
    }
    JsonNode outcome = FhirCalls.JSON.readTree(response.body());
    JsonNode issue = outcome.path("issue").path(0);
    if (!outcome.path("resourceType").asText().equals("OperationOutcome")
        || issue.path("diagnostics").asText().length() < 10) {
      failures.add(what + ": no OperationOutcome that says what is wrong");
    }
    return status;
  }

  /** Four things are wrong with it; each must be named. */
  private static int definition(FhirCalls author, List<String> failures)
      throws IOException, InterruptedException {
    String bad =
        """
        {"resourceType":"Library","meta":{"profile":["https://auscult.org/fhir/StructureDefinition/feature-definition"]},
         "url":"https://example.org/f","status":"active","name":"f",
         "type":{"coding":[{"code":"logic-library"}]},
         "extension":[{"url":"https://auscult.org/fhir/StructureDefinition/feature-operator","valueCode":"median-ish"},
           {"url":"https://auscult.org/fhir/StructureDefinition/feature-unit","valueCode":"furlongs"},
           {"url":"https://auscult.org/fhir/StructureDefinition/feature-lookback","valueDuration":{"value":-3,"code":"a"}}]}
        """;
    HttpResponse<byte[]> response =
        author.exchange(
            HttpRequest.newBuilder(URI.create(author.root() + "/fhir/Library"))
                .header("Content-Type", "application/fhir+json")
                .POST(HttpRequest.BodyPublishers.ofString(bad)));
    int issues = FhirCalls.JSON.readTree(response.body()).path("issue").size();
    if (response.statusCode() != 422 || issues < 4) {
      failures.add(
          "bad definition: HTTP " + response.statusCode() + " with " + issues + " of 4 problems");
    }
    return response.statusCode();
  }

  /** In otherwise good prefetch: that feature is missing, the rest is served. */
  private static void oneBadResource(
      FhirCalls fhir, String root, Conditions conditions, List<String> failures)
      throws IOException, InterruptedException {
    JsonNode good = prefetched(fhir, root, false);
    JsonNode bad = prefetched(fhir, root, true);
    String missing = bad.path("cards").path(0).path("detail").asText();
    conditions.out().printf("  %-40s %s%n", "good prefetch", summary(good));
    conditions.out().printf("  %-40s %s%n", "one bad resource in it", summary(bad));
    if (SamplePatients.prediction(good.path("cards").path(0)).isEmpty()) {
      failures.add("good prefetch: no prediction");
    }
    if (!missing.contains("HDL cholesterol")
        || missing.contains("total cholesterol")
        || missing.contains("systolic")) {
      failures.add("one bad resource in good prefetch: the card does not name just it as missing");
    }
  }

  private static String summary(JsonNode answer) {
    return answer.path("cards").path(0).path("summary").asText("no card");
  }

  /** The answer to a call with all that the service asks for; the HDL cholesterol may be bad. */
  private static JsonNode prefetched(FhirCalls fhir, String root, boolean bad)
      throws IOException, InterruptedException {
    ObjectNode call = SamplePatients.chart(root, "p1", UUID.randomUUID().toString());
    call.put("fhirServer", "https://other.example.org/fhir");
    ObjectNode prefetch = call.putObject("prefetch");
    JsonNode asked = fhir.get("/cds-services").body().at("/services/0/prefetch");
    asked
        .fields()
        .forEachRemaining(
            template ->
                prefetch.set(
                    template.getKey(),
                    template.getValue().asText().startsWith("Patient/")
                        ? SamplePatients.resource("Patient")
                            .put("id", "p1")
                            .put("gender", "female")
                            .put("birthDate", "1970-01-01")
                        : SamplePatients.resource("Bundle").put("type", "searchset")));
    String observations =
        asked.properties().stream()
            .filter(t -> t.getValue().asText().startsWith("Observation?"))
            .map(Map.Entry::getKey)
            .findFirst()
            .orElse("");
    ArrayNode entries = prefetch.withObject("/" + observations).putArray("entry");
    for (ObjectNode observation : SamplePatients.typical("p1")) {
      if (bad && observation.at("/code/coding/0/code").asText().equals("2085-9")) {
        observation.put("status", SECRET).put("effectiveDateTime", SECRET);
      }
      entries.addObject().set("resource", observation);
    }
    FhirCalls.Answer answer = fhir.post(CALL, call);
    if (answer.status() != 200) {
      throw new IOException("A call with prefetch was answered with HTTP " + answer.status());
    }
    return answer.body();
  }

  /** What the FHIR API refuses; the value at fault may be a patient's. */
  private static void resources(FhirCalls fhir, Map<String, Integer> refused, List<String> failures)
      throws IOException, InterruptedException {
    Map<String, String> bad = new LinkedHashMap<>();
    String base = fhir.root() + "/fhir";
    bad.put("Patient: no date", "{'resourceType':'Patient','birthDate':'SECRET'}");
    bad.put("Patient: cut off", "{'resourceType':'Patient','name':[{'family':'SECRET'}");
    bad.put("Patient: a number as name", "{'resourceType':'Patient','name':'SECRET'}");
    bad.put("Patient: unknown element", "{'resourceType':'Patient','SECRET':'SECRET'}");
    bad.put("Patient: unknown code", "{'resourceType':'Patient','gender':'SECRET'}");
    for (Map.Entry<String, String> each : bad.entrySet()) {
      String body = each.getValue().replace('\'', '"').replace("SECRET", SECRET);
      refused.put(each.getKey(), refusal(fhir, base + "/Patient", each.getKey(), body, failures));
    }
    String twice =
        "{'resourceType':'Bundle','type':'transaction','entry':[E,E]}"
            .replace(
                "E",
                "{'resource':{'resourceType':'Patient','id':'SECRET'},"
                    + "'request':{'method':'PUT','url':'Patient/SECRET'}}")
            .replace('\'', '"')
            .replace("SECRET", SECRET);
    refused.put("one id twice", refusal(fhir, base, "one id twice", twice, failures));
  }

  private static void log(ServerProcess server, List<String> failures) throws IOException {
    List<String> lines = server.log().lines().filter(line -> line.contains(SECRET)).toList();
    if (!lines.isEmpty()) {
      failures.add("a value of a resource is in the log: " + lines.get(0));
    }
  }
}
