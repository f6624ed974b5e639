package org.auscult.prove.physionet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.auscult.prove.CommandRun;
import org.auscult.prove.DefinitionJson;
import org.auscult.prove.FhirCalls;
import org.auscult.prove.ServerProcess;
import org.auscult.prove.physionet.StayFile.Stay;

/** Stays as a hospital would have them: loaded by command into a server, asked over HTTP. */
final class HttpRun {
  private final ServerProcess server;
  private final FhirCalls fhir;

  HttpRun(ServerProcess server) {
    this.server = server;
    this.fhir = server.calls();
  }

  void create(List<ObjectNode> definitions) throws IOException, InterruptedException {
    fhir.create(DefinitionJson.codeSystem(Variable.OWN));
    for (ObjectNode definition : definitions) {
      fhir.create(definition);
    }
    fhir.create(StayFeatures.set(definitions));
  }

  /** Loads stays as history. */
  void load(List<Stay> stays, Path work) throws IOException, InterruptedException {
    Path folder = Files.createDirectory(work.resolve("stays"));
    try (BufferedWriter patients = Files.newBufferedWriter(folder.resolve("Patient.ndjson"));
        BufferedWriter others = Files.newBufferedWriter(folder.resolve("Observation.ndjson"))) {
      for (Stay stay : stays) {
        for (ObjectNode resource : StayResources.of(stay)) {
          boolean isPatient = resource.path("resourceType").asText().equals("Patient");
          (isPatient ? patients : others).write(resource + "\n");
        }
      }
    }
    List<String> command =
        List.of(
            "load",
            folder.toString(),
            "--history",
            "--no-resume",
            "--server",
            server.root() + "/fhir",
            "--data",
            server.identities().folder().toString());
    try (CommandRun load = CommandRun.start(command, line -> {})) {
      int status = load.end();
      if (status != 0) {
        throw new IOException("load ended with " + status + ": " + load.lastLines(3));
      }
    }
  }

  void run(Stay stay, int everyHours, HourlyComparison comparison)
      throws IOException, InterruptedException {
    HourlyTable table = new HourlyTable(stay);
    for (int hour = everyHours; hour <= PhysionetProof.HOURS; hour += everyHours) {
      comparison.add(stay.id(), hour, table.at(60 * hour), ask(stay, hour));
    }
  }

  private Map<String, Double> ask(Stay stay, int hour) throws IOException, InterruptedException {
    FhirCalls.Answer answer =
        fhir.get(
            "/fhir/Patient/"
                + StayResources.patient(stay)
                + "/$features?featureSet="
                + URLEncoder.encode(StayFeatures.SET, StandardCharsets.UTF_8)
                + "&at="
                + PhysionetProof.at(hour));
    if (answer.status() != 200) {
      throw new IOException("A vector was not given: HTTP " + answer.status());
    }
    Map<String, Double> numbers = new LinkedHashMap<>();
    for (JsonNode parameter : answer.body().path("parameter")) {
      if (parameter.path("name").asText().equals("feature")) {
        String name = "";
        double number = Double.NaN;
        for (JsonNode part : parameter.path("part")) {
          switch (part.path("name").asText()) {
            case "name" -> name = part.path("valueString").asText();
            case "value" -> number = number(part);
            default -> {}
          }
        }
        numbers.put(name, number);
      }
    }
    return numbers;
  }

  private static double number(JsonNode part) {
    if (part.has("valueBoolean")) {
      return part.path("valueBoolean").asBoolean() ? 1 : 0;
    }
    return part.at("/valueQuantity/value").asDouble(Double.NaN);
  }
}
