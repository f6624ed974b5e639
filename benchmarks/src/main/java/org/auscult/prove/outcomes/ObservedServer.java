package org.auscult.prove.outcomes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.auscult.prove.FhirCalls;
import org.auscult.prove.Processes;
import org.auscult.prove.StartedServer;
import org.auscult.prove.crash.KillableServer;
import org.auscult.server.Auscult;
import org.jspecify.annotations.Nullable;

/** A server that may be killed, and callers who predict and then write what happens. */
final class ObservedServer implements KillableServer, AutoCloseable {
  /** Of the file: a diagnosis within a minute. */
  private static final String OUTCOME = "diabetes";

  private final StartedServer server;
  private final PredictionFile file;
  private final String model;

  /**
   * What callers have seen.
   *
   * @param predictions that were answered, by patient
   * @param diagnoses whose storage was answered, by patient
   * @param asked patients of whom a caller began to write
   */
  record Seen(Map<String, String> predictions, Map<String, String> diagnoses, AtomicInteger asked) {
    Seen() {
      this(new ConcurrentHashMap<>(), new ConcurrentHashMap<>(), new AtomicInteger());
    }
  }

  private ObservedServer(StartedServer server, PredictionFile file, String model) {
    this.server = server;
    this.file = file;
    this.model = model;
  }

  /**
   * Starts it.
   *
   * @param model that predicts; null to make one
   */
  static ObservedServer start(
      List<String> options, List<String> storage, PredictionFile file, @Nullable String model)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(options);
    all.add("-Dauscult.outcomes.interval=250ms");
    List<String> arguments = new ArrayList<>(List.of("serve", "--starter"));
    arguments.addAll(storage);
    Path folder = Files.createTempDirectory("auscult-outcome-kills");
    List<String> command = Processes.command(all, Auscult.class, arguments);
    if (model != null) {
      return new ObservedServer(StartedServer.ours(folder, command), file, model);
    }
    StartedServer server = StartedServer.live(folder, command);
    Map<String, String> models =
        file.define(server.callsAs("informaticist"), server.callsAs("model-author"));
    return new ObservedServer(server, file, Objects.requireNonNull(models.get(OUTCOME)));
  }

  String model() {
    return model;
  }

  FhirCalls fhir() {
    return server.calls();
  }

  @Override
  public boolean isAlive() {
    return server.isAlive();
  }

  @Override
  public void kill() {
    server.kill();
  }

  @Override
  public int status() throws InterruptedException {
    return server.status();
  }

  boolean endInOrder() throws InterruptedException {
    return server.endInOrder();
  }

  /** A new patient is predicted, and then diagnosed; every third one is not. */
  void call(Seen seen) throws IOException, InterruptedException {
    int number = seen.asked().incrementAndGet();
    String prefix = "k" + number + "-";
    Moments now = new Moments(Instant.now());
    for (JsonNode resource : file.before()) {
      put(now.resource(resource, prefix));
    }
    ObjectNode asked = FhirCalls.JSON.createObjectNode().put("resourceType", "Parameters");
    asked.putArray("parameter").addObject().put("name", "model").put("valueString", model);
    FhirCalls.Answer answer = fhir().post("/fhir/Patient/" + prefix + "p/$predict", asked);
    for (JsonNode part : answer.body().at("/parameter/0/part")) {
      if (part.path("name").asText().equals("resource")) {
        seen.predictions().put(prefix + "p", part.at("/valueReference/reference").asText());
      }
    }
    if (number % 3 != 0 && seen.predictions().containsKey(prefix + "p")) {
      put(diagnosis(prefix));
      seen.diagnoses().put(prefix + "p", prefix + "c");
    }
  }

  private static ObjectNode diagnosis(String prefix) {
    ObjectNode diagnosis = FhirCalls.JSON.createObjectNode().put("resourceType", "Condition");
    diagnosis.put("id", prefix + "c").put("onsetDateTime", Instant.now().toString());
    diagnosis.putObject("subject").put("reference", "Patient/" + prefix + "p");
    diagnosis
        .putObject("code")
        .putArray("coding")
        .addObject()
        .put("system", "http://snomed.info/sct")
        .put("code", "44054006");
    return diagnosis;
  }

  private void put(ObjectNode resource) throws IOException, InterruptedException {
    String path =
        "/fhir/" + resource.path("resourceType").asText() + "/" + resource.path("id").asText();
    FhirCalls.Answer answer = fhir().put(path, resource);
    if (answer.status() / 100 != 2) {
      throw new IOException(path + ": HTTP " + answer.status());
    }
  }

  @Override
  public void close() throws IOException {
    server.kill();
    server.close();
  }
}
