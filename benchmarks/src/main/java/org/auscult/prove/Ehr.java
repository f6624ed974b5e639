package org.auscult.prove;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;

/** An EHR that calls our services: its patients stand in our record, or come with each call. */
final class Ehr {
  /** How the data of a patient come to a call. */
  enum Road {
    /** The patient is of our own record, and the call names our FHIR server. */
    RECORD("record"),
    /** The patient is unknown here, and everything comes as prefetch. */
    PREFETCH("prefetch");

    private final String word;

    Road(String word) {
      this.word = word;
    }

    @Override
    public String toString() {
      return word;
    }

    static Road of(int turn) {
      return values()[Math.floorMod(turn, 2)];
    }
  }

  /** What a call was answered with. */
  record Reply(int status, List<JsonNode> cards, JsonNode body) {
    /** The first card; missing if there is none. */
    JsonNode card() {
      return cards.isEmpty() ? FhirCalls.JSON.missingNode() : cards.get(0);
    }

    /** Each card's indicator and summary; or that there is none. */
    String inWords() {
      if (status != 200) {
        return "HTTP " + status;
      }
      List<String> words = new ArrayList<>();
      cards.forEach(
          c -> words.add("[" + c.path("indicator").asText() + "] " + c.path("summary").asText()));
      return words.isEmpty() ? "no card" : String.join("; ", words);
    }
  }

  private final FhirCalls http;
  private final Function<String, FhirCalls> persons;
  private final Map<String, JsonNode> templates = new HashMap<>();

  Ehr(ServerProcess server) {
    this.http = server.calls();
    this.persons = server::callsAs;
  }

  /** Calls of its system, which signs. */
  FhirCalls http() {
    return http;
  }

  /** Calls of a person, by the code of the role. */
  FhirCalls as(String role) {
    return persons.apply(role);
  }

  /** A patient of so many completed years. */
  Person person(Road road, int age, String sex) throws IOException, InterruptedException {
    ObjectNode patient = FhirCalls.JSON.createObjectNode();
    patient.put("resourceType", "Patient").put("gender", sex);
    patient.put(
        "birthDate", LocalDate.now(ZoneOffset.UTC).minusYears(age).minusDays(100).toString());
    return person(road, patient);
  }

  Person person(Road road, ObjectNode patient) throws IOException, InterruptedException {
    if (road == Road.RECORD) {
      String id = http.create(patient);
      return new Person(id, http.root() + "/fhir", road);
    }
    return foreign(UUID.randomUUID().toString(), "https://ehr.example.org/fhir", patient);
  }

  /** A patient of another EHR, under an id of its own. */
  Person foreign(String id, String fhirServer, ObjectNode patient)
      throws IOException, InterruptedException {
    Person person = new Person(id, fhirServer, Road.PREFETCH);
    person.add(patient.put("id", id));
    return person;
  }

  /** Reads discovery anew: what is live has changed. */
  void forget() {
    templates.clear();
  }

  private JsonNode templates(String service, String hook) throws IOException, InterruptedException {
    if (templates.isEmpty()) {
      for (JsonNode offer : http.get("/cds-services").body().path("services")) {
        templates.put(
            offer.path("id").asText() + " " + offer.path("hook").asText(), offer.path("prefetch"));
      }
    }
    JsonNode found = templates.get(service + " " + hook);
    if (found == null) {
      throw new IOException("Discovery does not offer " + service + " on " + hook);
    }
    return found;
  }

  /** One patient with the resources about it. */
  final class Person {
    private final String id;
    private final String fhirServer;
    private final Road road;
    private final List<ObjectNode> resources = new ArrayList<>();

    private Person(String id, String fhirServer, Road road) {
      this.id = id;
      this.fhirServer = fhirServer;
      this.road = road;
    }

    String id() {
      return id;
    }

    Road road() {
      return road;
    }

    String fhirServer() {
      return fhirServer;
    }

    /** Records a resource of this patient. */
    void add(ObjectNode resource) throws IOException, InterruptedException {
      if (road == Road.RECORD) {
        http.create(resource);
      } else {
        if (!resource.has("id")) {
          resource.put("id", UUID.randomUUID().toString());
        }
        resources.add(resource);
      }
    }

    /** A fresh call of a service, as discovery says. */
    ObjectNode call(String service, String hook) throws IOException, InterruptedException {
      ObjectNode call = FhirCalls.JSON.createObjectNode();
      call.put("hook", hook).put("hookInstance", UUID.randomUUID().toString());
      call.put("fhirServer", fhirServer);
      ObjectNode context = call.putObject("context");
      context.put("userId", "Practitioner/1").put("patientId", id);
      if (!hook.equals("patient-view")) {
        context.put("encounterId", "1");
      }
      if (road == Road.PREFETCH) {
        ObjectNode prefetch = call.putObject("prefetch");
        templates(service, hook)
            .fields()
            .forEachRemaining(t -> prefetch.set(t.getKey(), answer(t.getValue().asText())));
      }
      return call;
    }

    /** What the EHR's server would answer to a query of discovery. */
    private JsonNode answer(String query) {
      String type = query.replaceFirst("[/?].*", "");
      ObjectNode bundle = FhirCalls.JSON.createObjectNode();
      bundle.put("resourceType", "Bundle").put("type", "searchset");
      ArrayNode entries = FhirCalls.JSON.createArrayNode();
      for (ObjectNode resource : resources) {
        if (resource.path("resourceType").asText().equals(type)) {
          if (!query.contains("?")) {
            return resource;
          }
          ObjectNode entry = entries.addObject();
          entry.put("fullUrl", fhirServer + "/" + type + "/" + resource.path("id").asText());
          entry.set("resource", resource);
          entry.putObject("search").put("mode", "match");
        }
      }
      bundle.put("total", entries.size()).set("entry", entries);
      return bundle;
    }

    Reply open(String service, String hook) throws IOException, InterruptedException {
      return send(service, call(service, hook));
    }

    /**
     * Why there is no number, of a call, by its instance, as the record keeps it: each reason with
     * its kind, {@code not-eligible/on-dialysis}.
     */
    Set<String> reasons(String hookInstance) throws IOException, InterruptedException {
      for (int i = 0; i < 100; i++) {
        for (JsonNode said : found("GuidanceResponse")) {
          if (said.path("requestIdentifier").path("value").asText().equals(hookInstance)) {
            return reasons(said);
          }
        }
        Thread.sleep(100);
      }
      return Set.of();
    }

    /** What there is of a type in the record here, about this patient. */
    List<JsonNode> found(String type) throws IOException, InterruptedException {
      List<JsonNode> found = new ArrayList<>();
      for (String subject : road == Road.RECORD ? List.of(id) : idsHere()) {
        for (JsonNode entry :
            http.get("/fhir/" + type + "?_count=50&subject=Patient/" + subject)
                .body()
                .path("entry")) {
          found.add(entry.path("resource"));
        }
      }
      return found;
    }

    /** The ids of the minimal Patients that stand here for this one of another EHR. */
    List<String> idsHere() throws IOException, InterruptedException {
      List<String> ids = new ArrayList<>();
      String identifier = URLEncoder.encode(fhirServer + "|" + id, StandardCharsets.UTF_8);
      for (JsonNode entry :
          http.get("/fhir/Patient?identifier=" + identifier).body().path("entry")) {
        ids.add(entry.path("resource").path("id").asText());
      }
      return ids;
    }

    private static Set<String> reasons(JsonNode said) {
      String kind =
          switch (said.path("status").asText()) {
            case "success" -> "not-eligible";
            case "data-required" -> "not-assessed";
            default -> said.path("status").asText();
          };
      Set<String> reasons = new TreeSet<>();
      for (JsonNode reason : said.path("reasonCode")) {
        reasons.add(kind + "/" + reason.path("coding").path(0).path("code").asText());
      }
      return reasons;
    }
  }

  /** Sends a call of a service. */
  Reply send(String service, JsonNode call) throws IOException, InterruptedException {
    FhirCalls.Answer answer = http.post("/cds-services/" + service, call);
    List<JsonNode> cards = new ArrayList<>();
    answer.body().path("cards").forEach(cards::add);
    return new Reply(answer.status(), cards, answer.body());
  }

  /** The resource that keeps what a card says. */
  JsonNode stored(JsonNode card, String type) throws IOException, InterruptedException {
    return http.await("/fhir/" + type + "/" + prediction(card));
  }

  /** The id of the prediction that a card shows; empty if it has no number. */
  static String prediction(JsonNode card) {
    JsonNode explanation = card.path("extension").path("org.auscult.explanation");
    return explanation.has("outputs") ? explanation.path("prediction").asText() : "";
  }
}
