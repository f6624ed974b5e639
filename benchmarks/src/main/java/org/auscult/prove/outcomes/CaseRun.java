package org.auscult.prove.outcomes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import org.auscult.prove.FhirCalls;

/** One case as it goes on: each step is done at its time, and then what is said is read. */
final class CaseRun implements Callable<List<String>> {
  /** A step that comes later than this was not done at its time. */
  private static final Duration LATE = Duration.ofSeconds(10);

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final JsonNode json;
  private final JsonNode common;
  private final String prefix;
  private final String model;
  private final List<FhirCalls> nodes;
  private final SaidLabels said;
  private final Semaphore gate;
  private final List<String> failures = new ArrayList<>();
  private final List<JsonNode> expected = new ArrayList<>();
  private int calls;
  private String prediction = "";
  private Moments moments = new Moments(Instant.EPOCH);
  private List<JsonNode> versions = List.of();
  private Duration latest = Duration.ZERO;

  /**
   * @param common what each patient has before the prediction
   * @param prefix of its ids, of no other case
   * @param model {@code url|version}
   * @param nodes that are asked in turns
   * @param gate so many cases ask at once
   */
  CaseRun(
      JsonNode json,
      JsonNode common,
      String prefix,
      String model,
      List<FhirCalls> nodes,
      Semaphore gate) {
    this.gate = gate;
    this.json = json;
    this.common = common;
    this.prefix = prefix;
    this.model = model;
    this.nodes = nodes;
    this.said = new SaidLabels(nodes.get(0));
  }

  String kind() {
    return json.path("kind").asText("other");
  }

  int labels() {
    return expected.size();
  }

  /** Whether a step was begun so late that the case was another one. */
  boolean isLate() {
    return latest.compareTo(LATE) > 0;
  }

  /** How late a step was begun at the most. */
  Duration latest() {
    return latest;
  }

  @Override
  public List<String> call() throws IOException, InterruptedException {
    alone(this::begin);
    for (JsonNode step : json.path("steps")) {
      Instant due = moments.index().plus(Moments.offset(step.path("at").asText()));
      Thread.sleep(Math.max(0, Duration.between(Instant.now(), due).toMillis()));
      Duration late = Duration.between(due, Instant.now());
      latest = late.compareTo(latest) > 0 ? late : latest;
      alone(() -> write(step));
      step.path("labels").forEach(expected::add);
      said.settled();
      Instant end = Instant.now().plus(PATIENCE);
      alone(this::read);
      while (versions.size() < expected.size() && Instant.now().isBefore(end)) {
        Thread.sleep(200);
        alone(this::read);
      }
      compare(step.path("at").asText());
    }
    return failures;
  }

  private interface Ask {
    void run() throws IOException, InterruptedException;
  }

  /** With few others: a server has so many connections to its database. */
  private void alone(Ask ask) throws IOException, InterruptedException {
    gate.acquire();
    try {
      ask.run();
    } finally {
      gate.release();
    }
  }

  private void begin() throws IOException, InterruptedException {
    Moments before = new Moments(Instant.now());
    for (JsonNode part : List.of(common, json.path("before"))) {
      for (JsonNode resource : part) {
        put(before.resource(resource, prefix));
      }
    }
    predict();
  }

  private void read() throws IOException, InterruptedException {
    versions = said.versions(prediction);
  }

  /** What must hold when all cases are over: nothing was added, and Provenances tell the same. */
  List<String> atTheEnd() throws IOException, InterruptedException {
    read();
    if (versions.size() != expected.size()) {
      failures.add(
          name() + ": at the end " + versions.size() + " labels instead of " + expected.size());
    }
    if (!versions.isEmpty()) {
      String id = SaidLabels.id(versions.get(0));
      List<JsonNode> provenances = said.history("Provenance/" + id + ".provenance");
      for (int i = 0; i < Math.max(versions.size(), provenances.size()); i++) {
        String target = "Observation/" + id + "/_history/" + (i + 1);
        if (i >= Math.min(versions.size(), provenances.size())
            || !provenances.get(i).at("/target/0/reference").asText().equals(target)
            || !sources(provenances.get(i))
                .equals(SaidLabels.said(versions.get(i)).get("evidence"))) {
          failures.add(name() + ": no Provenance tells the evidence of " + target);
        }
      }
    }
    return failures;
  }

  private static String sources(JsonNode provenance) {
    TreeSet<String> sources = new TreeSet<>();
    for (JsonNode entity : provenance.path("entity")) {
      if (entity.path("role").asText().equals("source")) {
        sources.add(entity.at("/what/reference").asText());
      }
    }
    return sources.toString();
  }

  private String name() {
    return json.path("kind").asText() + ", " + json.path("name").asText();
  }

  private FhirCalls node() {
    return nodes.get(calls++ % nodes.size());
  }

  private void put(ObjectNode resource) throws IOException, InterruptedException {
    String path =
        "/fhir/" + resource.path("resourceType").asText() + "/" + resource.path("id").asText();
    FhirCalls.Answer answer = node().put(path, resource);
    if (answer.status() / 100 != 2) {
      throw new IOException(
          name() + ": " + path + ": HTTP " + answer.status() + " " + answer.body());
    }
  }

  private void predict() throws IOException, InterruptedException {
    ObjectNode asked = FhirCalls.JSON.createObjectNode().put("resourceType", "Parameters");
    asked.putArray("parameter").addObject().put("name", "model").put("valueString", model);
    FhirCalls.Answer answer = node().post("/fhir/Patient/" + prefix + "p/$predict", asked);
    for (JsonNode part : answer.body().at("/parameter/0/part")) {
      if (part.path("name").asText().equals("resource")) {
        prediction = part.at("/valueReference/reference").asText();
      }
    }
    if (prediction.isEmpty()) {
      throw new IOException(
          name() + ": no prediction: HTTP " + answer.status() + " " + answer.body());
    }
    JsonNode stored = node().await("/fhir/" + prediction);
    moments =
        new Moments(OffsetDateTime.parse(stored.path("occurrenceDateTime").asText()).toInstant());
  }

  private void write(JsonNode step) throws IOException, InterruptedException {
    for (JsonNode resource : step.path("put")) {
      put(moments.resource(resource, prefix));
    }
    for (JsonNode deleted : step.path("delete")) {
      String[] reference = deleted.asText().split("/");
      node().delete("/fhir/" + reference[0] + "/" + prefix + reference[1]);
    }
  }

  private void compare(String at) {
    List<String> came = new ArrayList<>();
    List<String> aim = new ArrayList<>();
    for (int i = 0; i < versions.size(); i++) {
      JsonNode expect = i < expected.size() ? expected.get(i) : FhirCalls.JSON.createObjectNode();
      Map<String, String> label = SaidLabels.said(versions.get(i));
      if (isOpen(expect)) {
        label.remove("time");
      }
      came.add(new TreeMap<>(label).toString());
      checkFrame(at, versions.get(i));
    }
    expected.forEach(expect -> aim.add(new TreeMap<>(aimed(expect)).toString()));
    if (!came.equals(aim)) {
      failures.add(name() + ": at " + at + " " + came + " instead of " + aim);
    }
  }

  private void checkFrame(String at, JsonNode label) {
    Instant effective = OffsetDateTime.parse(label.path("effectiveDateTime").asText()).toInstant();
    Instant issued = OffsetDateTime.parse(label.path("issued").asText()).toInstant();
    if (!effective.equals(moments.index())
        || issued.isBefore(effective)
        || issued.isAfter(Instant.now())
        || !label.at("/subject/reference").asText().equals("Patient/" + prefix + "p")) {
      failures.add(name() + ": at " + at + " a label of another patient or time");
    }
  }

  private static boolean isOpen(JsonNode expect) {
    return expect.path("reason").asText().equals("horizon-open");
  }

  private Map<String, String> aimed(JsonNode expect) {
    Map<String, String> aim = new HashMap<>();
    for (String part : List.of("label", "status", "reason", "what", "time")) {
      if (expect.has(part)) {
        aim.put(part, moments.text(expect.path(part).asText()));
      }
    }
    TreeSet<String> evidence = new TreeSet<>();
    expect.path("evidence").forEach(e -> evidence.add(e.asText().replaceFirst("/", "/" + prefix)));
    aim.put("evidence", evidence.toString());
    return aim;
  }
}
