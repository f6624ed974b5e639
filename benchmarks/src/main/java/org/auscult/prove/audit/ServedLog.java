package org.auscult.prove.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.auscult.prove.Conditions;
import org.auscult.prove.FhirCalls;
import org.auscult.prove.SamplePatients;
import org.auscult.prove.ServerProcess;

/**
 * The log of a running server: each request that was answered has its leaf, the exported log is
 * intact, and what is tampered with in it is found; inclusion and consistency are proved to {@link
 * OwnCheck}.
 */
final class ServedLog {
  private static final int CALLERS = 4;
  private static final int PROOFS = 40;
  private static final int PATIENCE_SECONDS = 30;

  private final Conditions conditions;
  private final Path folder;
  private final Random random;
  private final List<String> failures = new ArrayList<>();

  /** The status of each request, by the id that it was sent with. */
  private final Map<String, Integer> answered = new ConcurrentHashMap<>();

  ServedLog(Conditions conditions, Path folder) {
    this.conditions = conditions;
    this.folder = folder;
    this.random = new Random(conditions.seed());
  }

  List<String> run() throws Exception {
    try (ServerProcess server =
        ServerProcess.start(
            conditions.db(),
            Map.of(
                "auscult.audit.head-interval",
                "2s",
                "auscult.audit.retention",
                "1s",
                "auscult.audit.archive-dir",
                archives().toString()))) {
      FhirCalls calls = server.calls();
      FhirCalls auditor = server.callsAs("auditor");
      String patient = new SamplePatients(random).create(calls);
      drive(calls, patient, conditions.pick(60, 600));
      Head former = head(auditor);
      drive(calls, patient, conditions.pick(60, 600));
      List<String> lines = export(auditor);
      check(auditor, former, lines);
      failures.addAll(
          new ServedArchive(server, archives(), keys(), random, conditions.out())
              .run(leaves(lines)));
    }
    return failures;
  }

  /** Callers side by side; each request bears an id of its own. */
  private void drive(FhirCalls calls, String patient, int requests) throws Exception {
    ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < requests; i++) {
        String id = "proof-" + answered.size() + "-" + i + "-" + random.nextInt(1_000_000);
        int kind = i % 6;
        all.add(
            callers.submit(
                () -> {
                  HttpResponse<byte[]> response =
                      calls.exchange(request(calls, kind, patient).header("X-Request-Id", id));
                  answered.put(id, response.statusCode());
                  return null;
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } finally {
      callers.shutdownNow();
    }
  }

  private static HttpRequest.Builder request(FhirCalls calls, int kind, String patient)
      throws IOException {
    return switch (kind) {
      case 0 -> get(calls, "/fhir/Patient/" + patient);
      case 1 -> get(calls, "/fhir/Observation?patient=" + patient + "&_count=5");
      case 2 -> get(calls, "/fhir/Patient/nobody");
      case 3 -> get(calls, "/fhir/Observation?nonsense=1");
      case 4 ->
          post(calls, "/fhir/Observation", "application/fhir+json", "{\"resourceType\":\"Pat");
      default ->
          post(
              calls,
              "/cds-services/cvd-risk",
              "application/json",
              SamplePatients.chart(calls.root(), patient, UUID.randomUUID().toString()).toString());
    };
  }

  private static HttpRequest.Builder get(FhirCalls calls, String path) {
    return HttpRequest.newBuilder(URI.create(calls.root() + path)).GET();
  }

  private static HttpRequest.Builder post(FhirCalls calls, String path, String type, String body) {
    return HttpRequest.newBuilder(URI.create(calls.root() + path))
        .header("Content-Type", type)
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }

  /** A signed head, as JSON, with the keys beside it. */
  private record Head(JsonNode json, List<JsonNode> keys) {
    long size() {
      return json.path("size").asLong();
    }

    String root() {
      return json.path("root").asText();
    }

    boolean isSigned() {
      return keys.stream()
          .anyMatch(
              k ->
                  k.path("kid").asText().equals(json.path("key").asText())
                      && OwnCheck.isSigned(json, k));
    }
  }

  private static Head head(FhirCalls calls) throws IOException, InterruptedException {
    JsonNode answer = calls.get("/fhir/$audit-head").body();
    List<JsonNode> keys = new ArrayList<>();
    for (String key : strings(answer, "publicKey")) {
      keys.add(FhirCalls.JSON.readTree(key));
    }
    return new Head(FhirCalls.JSON.readTree(string(answer, "head")), keys);
  }

  private static List<String> strings(JsonNode parameters, String name) {
    List<String> values = new ArrayList<>();
    for (JsonNode parameter : parameters.path("parameter")) {
      if (parameter.path("name").asText().equals(name)) {
        values.add(parameter.path("valueString").asText());
      }
    }
    return values;
  }

  private static String string(JsonNode parameters, String name) throws IOException {
    List<String> values = strings(parameters, name);
    if (values.size() != 1) {
      throw new IOException("No single " + name + " in the answer: " + parameters);
    }
    return values.get(0);
  }

  /** The exported log, as soon as each request has its leaf there. */
  private List<String> export(FhirCalls calls) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE_SECONDS * 1_000_000_000L;
    while (true) {
      byte[] body = calls.exchange(get(calls, "/fhir/$audit-export")).body();
      List<String> lines =
          new ArrayList<>(List.of(new String(body, StandardCharsets.UTF_8).split("\n")));
      Map<String, List<JsonNode>> leaves = byRequest(leaves(lines));
      if (leaves.keySet().containsAll(answered.keySet()) || System.nanoTime() > end) {
        Files.write(served(), body);
        compare(leaves);
        return lines;
      }
      Thread.sleep(500);
    }
  }

  private Path keys() {
    return folder.resolve("served-keys.json");
  }

  private Path archives() {
    return folder.resolve("archives");
  }

  private Path served() {
    return folder.resolve("served.log");
  }

  private static List<byte[]> leaves(List<String> lines) throws IOException {
    List<byte[]> leaves = new ArrayList<>();
    for (String line : lines) {
      JsonNode json = FhirCalls.JSON.readTree(line);
      if (json.has("leaf")) {
        leaves.add(Base64.getDecoder().decode(json.path("leaf").asText()));
      }
    }
    return leaves;
  }

  private static Map<String, List<JsonNode>> byRequest(List<byte[]> leaves) throws IOException {
    Map<String, List<JsonNode>> found = new TreeMap<>();
    for (byte[] leaf : leaves) {
      JsonNode json = FhirCalls.JSON.readTree(leaf);
      found.computeIfAbsent(json.path("request").asText(), r -> new ArrayList<>()).add(json);
    }
    return found;
  }

  private void compare(Map<String, List<JsonNode>> leaves) {
    Map<Integer, Integer> statuses = new TreeMap<>();
    answered.forEach(
        (id, status) -> {
          statuses.merge(status, 1, Integer::sum);
          List<JsonNode> found = leaves.getOrDefault(id, List.of());
          String outcome = status < 400 ? "0" : status < 500 ? "4" : "8";
          if (found.size() != 1) {
            failures.add("a request answered with " + status + " has " + found.size() + " leaves");
          } else if (!found.get(0).path("outcome").asText().equals(outcome)) {
            failures.add("a request answered with " + status + " has the leaf " + found.get(0));
          }
        });
    conditions
        .out()
        .printf(
            "  server: %,d requests answered (%s), each with its leaf%n",
            answered.size(), statuses);
  }

  private void check(FhirCalls calls, Head former, List<String> lines) throws Exception {
    List<byte[]> leaves = leaves(lines);
    Head later = head(calls);
    if (!former.isSigned() || !later.isSigned()) {
      failures.add("a head is not signed by a key of the log");
    }
    if (!OwnCheck.root(leaves.subList(0, (int) former.size())).equals(former.root())) {
      failures.add("the former head's root is not that of the leaves");
    }
    Path key = keys();
    Files.writeString(key, "{\"keys\":" + later.keys() + "}");
    Path head = folder.resolve("served-head.json");
    Files.writeString(head, former.json().toString());
    VerifyRun intact = VerifyRun.of(served(), "--key", key.toString(), "--head", head.toString());
    if (intact.status() != 0 || intact.report().path("leaves").asLong() != leaves.size()) {
      failures.add("the served log: exit " + intact.status() + ", " + intact.report());
    }
    conditions
        .out()
        .printf(
            "  server: %,d leaves and %d heads exported, verify-audit: intact%n",
            leaves.size(), intact.report().path("heads").asInt());
    proofs(calls, former, later, leaves);
    for (Tampering.Kind kind : Tampering.Kind.values()) {
      tamper(kind, lines, key);
    }
  }

  private void proofs(FhirCalls calls, Head former, Head later, List<byte[]> leaves)
      throws IOException, InterruptedException {
    for (int i = 0; i < PROOFS; i++) {
      Head of = i % 2 == 0 ? former : later;
      long index = random.nextInt((int) Math.min(of.size(), leaves.size()));
      JsonNode answer =
          calls.get("/fhir/$audit-proof?index=" + index + "&size=" + of.size()).body();
      byte[] leaf = leaves.get((int) index);
      List<String> path = strings(answer, "path");
      if (!OwnCheck.includes(leaf, index, of.size(), path, of.root())
          || OwnCheck.includes(changed(leaf), index, of.size(), path, of.root())) {
        failures.add("leaf " + index + " of " + of.size() + ": the proof does not hold");
      }
    }
    JsonNode answer =
        calls
            .get("/fhir/$audit-consistency?first=" + former.size() + "&second=" + later.size())
            .body();
    List<String> path = strings(answer, "path");
    if (!OwnCheck.grew(former.size(), later.size(), path, former.root(), later.root())
        || OwnCheck.grew(former.size(), later.size(), path, later.root(), later.root())) {
      failures.add("from " + former.size() + " to " + later.size() + ": no consistency");
    }
    conditions
        .out()
        .printf(
            "  server: %d inclusion proofs, growth from %,d to %,d leaves: hold by code of our"
                + " own%n",
            PROOFS, former.size(), later.size());
  }

  private byte[] changed(byte[] leaf) {
    byte[] changed = leaf.clone();
    changed[random.nextInt(changed.length)] ^= 1;
    return changed;
  }

  private void tamper(Tampering.Kind kind, List<String> lines, Path key) throws Exception {
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).contains("\"leaf\"")) {
        places.add(i);
      }
    }
    Collections.shuffle(places, random);
    int at = places.get(0);
    List<String> tampered = new ArrayList<>(lines);
    switch (kind) {
      case CHANGE -> tampered.set(at, withChangedLeaf(lines.get(at)));
      case REMOVE -> tampered.remove(at);
      case REORDER -> Collections.swap(tampered, at, places.get(1));
      case INSERT -> tampered.add(at, lines.get(places.get(1)));
    }
    Path file = folder.resolve("served-tampered.log");
    Files.writeString(file, String.join("\n", tampered) + "\n");
    VerifyRun run = VerifyRun.of(file, "--key", key.toString());
    if (run.status() != 1) {
      failures.add("the served log, " + kind + ": exit " + run.status());
    }
    conditions.out().printf("  server: %s in its log found as %s%n", kind, run.kinds());
  }

  private String withChangedLeaf(String line) throws IOException {
    JsonNode json = FhirCalls.JSON.readTree(line);
    byte[] leaf = changed(Base64.getDecoder().decode(json.path("leaf").asText()));
    return FhirCalls.JSON
        .createObjectNode()
        .put("index", json.path("index").asLong())
        .put("leaf", Base64.getEncoder().encodeToString(leaf))
        .toString();
  }
}
