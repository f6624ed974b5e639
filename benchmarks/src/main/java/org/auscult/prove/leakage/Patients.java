package org.auscult.prove.leakage;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.auscult.prove.FhirCalls;

/** Writes resources of patients, and asks for their vectors. */
final class Patients {
  private static final String SET = "https://example.org/reference/Library/set|1.0.0";

  private final FhirCalls fhir;

  Patients(FhirCalls fhir) {
    this.fhir = fhir;
  }

  /** Puts them all in one transaction; then a millisecond passes, so that later is later. */
  void put(List<ObjectNode> resources) throws IOException, InterruptedException {
    ObjectNode bundle = FhirCalls.JSON.createObjectNode().put("resourceType", "Bundle");
    ArrayNode entries = bundle.put("type", "transaction").putArray("entry");
    for (ObjectNode resource : resources) {
      String reference =
          resource.path("resourceType").asText() + "/" + resource.path("id").asText();
      ObjectNode entry = entries.addObject();
      entry.set("resource", resource);
      entry.putObject("request").put("method", "PUT").put("url", reference);
    }
    FhirCalls.Answer answer = fhir.post("/fhir", bundle);
    if (answer.status() != 200) {
      throw new IOException("A transaction was refused: HTTP " + answer.status());
    }
    Thread.sleep(2);
  }

  void delete(ObjectNode resource) throws IOException, InterruptedException {
    String path =
        "/fhir/" + resource.path("resourceType").asText() + "/" + resource.path("id").asText();
    int status = fhir.delete(path).status();
    if (status != 200 && status != 204) {
      throw new IOException("A resource was not deleted: HTTP " + status);
    }
    Thread.sleep(2);
  }

  /** As of an index time, known by then. */
  Vector ask(String patient, Instant at) throws IOException, InterruptedException {
    return ask(patient, at, "");
  }

  Vector knownBy(String patient, Instant at, Instant knownAt)
      throws IOException, InterruptedException {
    return ask(patient, at, "&knownAt=" + knownAt);
  }

  Vector inEpoch(String patient, Instant at, long epoch) throws IOException, InterruptedException {
    return ask(patient, at, "&epoch=" + epoch);
  }

  private Vector ask(String patient, Instant at, String known)
      throws IOException, InterruptedException {
    String set = URLEncoder.encode(SET, StandardCharsets.UTF_8);
    FhirCalls.Answer answer =
        fhir.get("/fhir/Patient/" + patient + "/$features?featureSet=" + set + "&at=" + at + known);
    if (answer.status() != 200) {
      throw new IOException("A vector was not given: HTTP " + answer.status());
    }
    return Vector.of(answer.body());
  }
}
