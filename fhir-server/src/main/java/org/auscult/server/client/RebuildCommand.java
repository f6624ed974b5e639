package org.auscult.server.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import org.auscult.server.client.FhirHttp.Answer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes every patient's timeline anew on a running server, and tells where it differs. */
@Command(
    name = "rebuild",
    description = {
      "Make each patient's timeline anew and compare it with the live one.",
      "Ends with 0 if all are equal, 1 if some differ, 2 if it could not go on."
    },
    mixinStandardHelpOptions = true)
public final class RebuildCommand implements Callable<Integer> {
  private static final int PAGE = 20;

  @Option(
      names = "--server",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:8080/fhir",
      description = "FHIR base of the server (default: ${DEFAULT-VALUE}).")
  private String server = "http://127.0.0.1:8080/fhir";

  @Option(names = "--write", description = "Keep what was rebuilt; without it, only compare.")
  private boolean write;

  @Option(
      names = "--after",
      paramLabel = "ID",
      description = "Go on after this patient, as an interrupted run said.")
  private String after = "";

  @Mixin private Access access = new Access();

  private long patients;
  private long rows;
  private long differing;

  @Override
  public Integer call() {
    FhirHttp http;
    try {
      http = new FhirHttp(server, access.to(server), FhirHttp.FIRST_WAIT);
    } catch (Access.UnusableException e) {
      return stopped("", String.valueOf(e.getMessage()));
    }
    long start = System.currentTimeMillis();
    String next = after;
    try {
      do {
        Answer answer = http.post("Patient/$rebuild-timeline", parameters(next));
        if (!answer.isSuccess()) {
          return stopped(next, answer.reason());
        }
        next = take(answer.body(), start);
      } while (!next.isEmpty());
    } catch (FhirHttp.Unavailable e) {
      return stopped(next, String.valueOf(e.getMessage()));
    }
    System.out.printf(
        "%,d patients, %,d rows, %,d differing rows in %.1f s%s%n",
        patients,
        rows,
        differing,
        (System.currentTimeMillis() - start) / 1000.0,
        write ? "; what was rebuilt is kept" : "");
    return differing == 0 ? 0 : 1;
  }

  private static int stopped(String after, String reason) {
    System.err.println("rebuild: " + reason);
    if (!after.isEmpty()) {
      System.err.println("rebuild: go on with --after " + after);
    }
    return 2;
  }

  private ObjectNode parameters(String after) {
    ObjectNode parameters = FhirHttp.JSON.createObjectNode().put("resourceType", "Parameters");
    ArrayNode list = parameters.putArray("parameter");
    list.addObject().put("name", "mode").put("valueString", write ? "write" : "compare");
    list.addObject().put("name", "count").put("valueString", String.valueOf(PAGE));
    if (!after.isEmpty()) {
      list.addObject().put("name", "after").put("valueString", after);
    }
    return parameters;
  }

  /** Reads one page, and gives where the next begins; empty after the last. */
  private String take(JsonNode page, long start) {
    String next = "";
    long remaining = 0;
    for (JsonNode parameter : page.path("parameter")) {
      switch (parameter.path("name").asText()) {
        case "patients" -> patients += parameter.path("valueInteger").asLong();
        case "liveRows" -> rows += parameter.path("valueInteger").asLong();
        case "differingRows" -> differing += parameter.path("valueInteger").asLong();
        case "remaining" -> remaining = parameter.path("valueInteger").asLong();
        case "next" -> next = parameter.path("valueString").asText();
        case "different" -> tell(parameter);
        default -> {
          // A newer server may say more.
        }
      }
    }
    double rate = patients * 1000.0 / Math.max(1, System.currentTimeMillis() - start);
    System.err.printf(
        "%,d patients, %,d rows, %.1f patients/s, about %.0f s remaining%n",
        patients, rows, rate, remaining / Math.max(rate, 0.001));
    return next;
  }

  private static void tell(JsonNode different) {
    StringBuilder line = new StringBuilder("differs:");
    for (JsonNode part : different.path("part")) {
      switch (part.path("name").asText()) {
        case "patient" ->
            line.append(' ').append(part.path("valueReference").path("reference").asText());
        case "differingRows" ->
            line.append(": ").append(part.path("valueInteger").asInt()).append(" rows");
        case "example" -> line.append("; ").append(part.path("valueString").asText());
        default -> {
          // A newer server may say more.
        }
      }
    }
    System.out.println(line);
  }
}
