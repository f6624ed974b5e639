package org.auscult.prove.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.auscult.prove.FhirCalls;

/** The operations of data sets, as a client calls them for research. */
final class TrainingCalls {
  private static final int MOST_POLLS = 6_000;

  private final FhirCalls fhir;

  TrainingCalls(FhirCalls fhir) {
    this.fhir = fhir;
  }

  /** What a client asks for: names and values, in turns. */
  static ObjectNode request(List<String> namesAndValues) {
    ObjectNode request = FhirCalls.JSON.createObjectNode().put("resourceType", "Parameters");
    ArrayNode parameters = request.putArray("parameter");
    for (int i = 0; i < namesAndValues.size(); i += 2) {
      parameters
          .addObject()
          .put("name", namesAndValues.get(i))
          .put("valueString", namesAndValues.get(i + 1));
    }
    return request;
  }

  /** Starts one; where to ask for it. */
  String start(ObjectNode request) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer =
        fhir.exchange(
            to(fhir.root() + "/fhir/$training-set")
                .header("Prefer", "respond-async")
                .header("Content-Type", "application/fhir+json")
                .POST(BodyPublishers.ofString(request.toString())));
    if (answer.statusCode() != 202) {
      throw new IOException("No data set was started: " + text(answer));
    }
    return answer.headers().firstValue("Content-Location").orElseThrow();
  }

  /** Waits until it is made; what its status says then. */
  JsonNode await(String status) throws IOException, InterruptedException {
    for (int i = 0; i < MOST_POLLS; i++) {
      HttpResponse<byte[]> answer = ask(status);
      if (answer.statusCode() == 200) {
        return FhirCalls.JSON.readTree(answer.body());
      }
      if (answer.statusCode() != 202) {
        throw new IOException("No data set was made: " + text(answer));
      }
      Thread.sleep(100);
    }
    throw new IOException("A data set was not made in ten minutes");
  }

  HttpResponse<byte[]> ask(String status) throws IOException, InterruptedException {
    return fhir.exchange(to(status).GET());
  }

  HttpResponse<byte[]> cancel(String status) throws IOException, InterruptedException {
    return fhir.exchange(to(status).DELETE());
  }

  /** The rows of its NDJSON files. */
  List<JsonNode> rows(JsonNode made) throws IOException, InterruptedException {
    List<JsonNode> rows = new ArrayList<>();
    for (JsonNode file : made.path("output")) {
      if (file.path("name").asText().endsWith(".ndjson")) {
        for (String line : text(fhir.exchange(to(file.path("url").asText()).GET())).split("\n")) {
          rows.add(FhirCalls.JSON.readTree(line));
        }
      }
    }
    return rows;
  }

  /** What {@code $features} answers of a patient, as of a time and known by another. */
  JsonNode online(GoldenCase one, String set, String knownAt)
      throws IOException, InterruptedException {
    FhirCalls.Answer answer =
        fhir.get(
            "/fhir/Patient/"
                + one.patient()
                + "/$features?featureSet="
                + URLEncoder.encode(set, StandardCharsets.UTF_8)
                + "&at="
                + one.at()
                + "&knownAt="
                + knownAt);
    if (answer.status() != 200) {
      throw new IOException(
          one.name() + ": no vector was given: HTTP " + answer.status() + " " + answer.body());
    }
    return answer.body();
  }

  private static HttpRequest.Builder to(String url) {
    return HttpRequest.newBuilder(URI.create(url)).header("Purpose-Of-Use", "HRESCH");
  }

  private static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }
}
