package org.auscult.prove.asof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.auscult.prove.FhirCalls;

/**
 * One of several writers that change the same patients at the same time: creates, corrections,
 * entered-in-error, deletions and undeletions, patches, moves to another patient, transactions.
 */
final class Writer {
  /**
   * What all writers share.
   *
   * @param live resources by reference, as last written
   * @param writes each version of which the server said that it stands
   */
  record Shared(
      FhirCalls fhir,
      List<String> patients,
      Map<String, JsonNode> live,
      Map<String, JsonNode> deleted,
      Map<String, Written> writes,
      Map<String, AtomicInteger> done,
      AtomicInteger refused) {
    Shared(FhirCalls fhir, List<String> patients) {
      this(
          fhir,
          List.copyOf(patients),
          new ConcurrentHashMap<>(),
          new ConcurrentHashMap<>(),
          new ConcurrentHashMap<>(),
          new ConcurrentHashMap<>(),
          new AtomicInteger());
    }

    int changes() {
      return done.values().stream().mapToInt(AtomicInteger::get).sum();
    }
  }

  /** When the writer asked for a version, and when it was told that it stands. */
  record Written(String resource, long version, long asked, long told) {
    Written earlier(Written other) {
      return new Written(
          resource, version, Math.min(asked, other.asked), Math.min(told, other.told));
    }
  }

  private final Shared shared;
  private final Random random;
  private final RandomResources resources;

  Writer(Shared shared, long seed) {
    this.shared = shared;
    this.random = new Random(seed);
    this.resources = new RandomResources(random);
  }

  void run(int changes) throws IOException, InterruptedException {
    for (int i = 0; i < changes; i++) {
      change();
    }
  }

  private void change() throws IOException, InterruptedException {
    switch (random.nextInt(20)) {
      case 0, 1, 2, 3, 4, 5 -> create();
      case 6, 7, 8, 9 -> correct();
      case 10, 11 -> error();
      case 12 -> delete();
      case 13 -> undelete();
      case 14 -> move();
      case 15 -> patch();
      case 16 -> person();
      default -> transaction(2 + random.nextInt(12));
    }
  }

  private String patient() {
    // Half of all changes meet at few patients.
    int among = random.nextBoolean() ? shared.patients.size() : 1 + shared.patients.size() / 4;
    return shared.patients.get(random.nextInt(among));
  }

  private void create() throws IOException, InterruptedException {
    ObjectNode resource = resources.any(patient());
    long asked = System.nanoTime();
    wrote(
        "created",
        asked,
        shared.fhir.post("/fhir/" + resource.path("resourceType").asText(), resource));
  }

  private void correct() throws IOException, InterruptedException {
    JsonNode old = some(shared.live);
    if (!old.isMissingNode()) {
      put("corrected", resources.corrected(old, subject(old)));
    }
  }

  private void error() throws IOException, InterruptedException {
    JsonNode old = some(shared.live);
    if (!old.isMissingNode()) {
      ObjectNode next = old.deepCopy();
      if (next.path("resourceType").asText().equals("Condition")) {
        next.remove("clinicalStatus");
        next.putObject("verificationStatus")
            .putArray("coding")
            .addObject()
            .put("system", "http://terminology.hl7.org/CodeSystem/condition-ver-status")
            .put("code", "entered-in-error");
      } else {
        next.put("status", "entered-in-error");
      }
      put("entered in error", next);
    }
  }

  private void move() throws IOException, InterruptedException {
    JsonNode old = some(shared.live);
    if (!old.isMissingNode()) {
      ObjectNode next = old.deepCopy();
      next.putObject("subject").put("reference", "Patient/" + patient());
      put("moved to another patient", next);
    }
  }

  private void person() throws IOException, InterruptedException {
    put("patient corrected", resources.patient().put("id", patient()));
  }

  private void patch() throws IOException, InterruptedException {
    JsonNode old = some(shared.live);
    if (old.path("resourceType").asText().equals("Observation")) {
      ArrayNode operations = FhirCalls.JSON.createArrayNode();
      operations
          .addObject()
          .put("op", "replace")
          .put("path", "/status")
          .put("value", resources.pick("final", "amended", "preliminary"));
      long asked = System.nanoTime();
      wrote("patched", asked, shared.fhir.patch("/fhir/" + reference(old), operations));
    }
  }

  private void delete() throws IOException, InterruptedException {
    JsonNode old = some(shared.live);
    if (!old.isMissingNode()) {
      String reference = reference(old);
      if (shared.live.remove(reference) != null) {
        String how = resources.pick("deleted", "deleted by a search", "deleted in a transaction");
        if (deleted(how, reference).status() == 200) {
          shared.deleted.put(reference, old);
          count(how);
        } else {
          shared.refused.incrementAndGet();
        }
      }
    }
  }

  private FhirCalls.Answer deleted(String how, String reference)
      throws IOException, InterruptedException {
    switch (how) {
      case "deleted by a search" -> {
        return shared.fhir.delete("/fhir/" + reference.replace("/", "?_id="));
      }
      case "deleted in a transaction" -> {
        ObjectNode bundle = bundle();
        ObjectNode entry = ((ArrayNode) bundle.get("entry")).addObject();
        entry.putObject("request").put("method", "DELETE").put("url", reference);
        return shared.fhir.post("/fhir", bundle);
      }
      default -> {
        return shared.fhir.delete("/fhir/" + reference);
      }
    }
  }

  private void undelete() throws IOException, InterruptedException {
    JsonNode old = some(shared.deleted);
    if (!old.isMissingNode() && shared.deleted.remove(reference(old)) != null) {
      put("undeleted", old.deepCopy());
    }
  }

  private void put(String how, ObjectNode resource) throws IOException, InterruptedException {
    long asked = System.nanoTime();
    wrote(how, asked, shared.fhir.put("/fhir/" + reference(resource), resource));
  }

  /** New resources and corrections of several patients in one transaction. */
  private void transaction(int entries) throws IOException, InterruptedException {
    ObjectNode bundle = bundle();
    ArrayNode entry = (ArrayNode) bundle.get("entry");
    Set<String> used = new HashSet<>();
    for (int i = 0; i < entries; i++) {
      JsonNode old = some(shared.live);
      boolean fresh = random.nextInt(3) > 0 || old.isMissingNode() || !used.add(reference(old));
      ObjectNode resource =
          fresh ? resources.any(patient()) : resources.corrected(old, subject(old));
      add(entry, resource, fresh);
    }
    send("in transactions", bundle);
  }

  /** One transaction with very many heart rates of one patient, and some of others. */
  void large(int entries, String patient) throws IOException, InterruptedException {
    ObjectNode bundle = bundle();
    ArrayNode entry = (ArrayNode) bundle.get("entry");
    for (int i = 0; i < entries; i++) {
      boolean other = i % 50 == 49;
      add(entry, resources.heartRate(other ? patient() : patient, 3 + i * 25), true);
    }
    send("in large transactions", bundle);
  }

  private static ObjectNode bundle() {
    ObjectNode bundle = FhirCalls.JSON.createObjectNode().put("resourceType", "Bundle");
    bundle.put("type", "transaction").putArray("entry");
    return bundle;
  }

  private static void add(ArrayNode entry, ObjectNode resource, boolean fresh) {
    ObjectNode one = entry.addObject();
    one.set("resource", resource);
    one.putObject("request")
        .put("method", fresh ? "POST" : "PUT")
        .put("url", fresh ? resource.path("resourceType").asText() : reference(resource));
  }

  private void send(String how, ObjectNode bundle) throws IOException, InterruptedException {
    long asked = System.nanoTime();
    FhirCalls.Answer answer = shared.fhir.post("/fhir", bundle);
    long told = System.nanoTime();
    if (answer.status() != 200) {
      shared.refused.incrementAndGet();
      return;
    }
    for (int i = 0; i < bundle.path("entry").size(); i++) {
      String location =
          answer.body().path("entry").path(i).path("response").path("location").asText();
      String[] parts = location.split("/_history/", 2);
      if (parts.length == 2) {
        ObjectNode resource = bundle.path("entry").path(i).path("resource").deepCopy();
        resource.put("id", parts[0].substring(parts[0].indexOf('/') + 1));
        note(how, resource, Long.parseLong(parts[1]), asked, told);
      }
    }
  }

  private void wrote(String how, long asked, FhirCalls.Answer answer) {
    long told = System.nanoTime();
    if (answer.status() / 100 != 2) {
      shared.refused.incrementAndGet();
      return;
    }
    long version = answer.body().path("meta").path("versionId").asLong();
    note(how, answer.body().deepCopy(), version, asked, told);
  }

  private void note(String how, ObjectNode resource, long version, long asked, long told) {
    String reference = reference(resource);
    if (!resource.path("resourceType").asText().equals("Patient")) {
      // Only the tags are kept of what the server added.
      ObjectNode meta = FhirCalls.JSON.createObjectNode();
      if (resource.path("meta").has("tag")) {
        meta.set("tag", resource.path("meta").path("tag"));
      }
      resource.set("meta", meta);
      shared.live.put(reference, resource);
    }
    Written written = new Written(reference, version, asked, told);
    // A write that changes nothing is answered with the version that stands already.
    shared.writes.merge(reference + "/_history/" + version, written, Written::earlier);
    count(how);
  }

  private void count(String how) {
    shared.done.computeIfAbsent(how, h -> new AtomicInteger()).incrementAndGet();
  }

  private JsonNode some(Map<String, JsonNode> from) {
    List<JsonNode> all = List.copyOf(from.values());
    return all.isEmpty() ? MissingNode.getInstance() : all.get(random.nextInt(all.size()));
  }

  private static String subject(JsonNode resource) {
    return resource.path("subject").path("reference").asText().substring("Patient/".length());
  }

  static String reference(JsonNode resource) {
    return resource.path("resourceType").asText() + "/" + resource.path("id").asText();
  }
}
