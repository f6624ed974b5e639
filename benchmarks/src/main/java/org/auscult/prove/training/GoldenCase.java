package org.auscult.prove.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.auscult.prove.FhirCalls;
import org.jspecify.annotations.Nullable;

/**
 * A golden case as it is written into a server: with ids of its own, since all cases share one
 * store. What the case says was stored by {@code knownAt} is written first, in its order; the rest
 * after a moment that everything is then asked as of.
 *
 * @param name with its file's
 * @param early transactions' entries, one list for each moment at which something was stored
 * @param late the same of what was stored after {@code knownAt}
 * @param expect by feature's name
 */
record GoldenCase(
    String name,
    String patient,
    Instant at,
    List<List<ObjectNode>> early,
    List<List<ObjectNode>> late,
    Map<String, JsonNode> expect) {

  /** One version, or the end, of a resource. */
  private record Event(Instant stored, int version, ObjectNode entry) {}

  /**
   * Reads one.
   *
   * @param prefix of its ids, of no other case
   * @param expect what is to be asked of it
   */
  static GoldenCase of(String file, JsonNode json, String prefix, Map<String, JsonNode> expect) {
    String own = json.path("patient").asText("");
    Set<String> here = new HashSet<>();
    for (JsonNode resource : json.path("resources")) {
      here.add(reference(resource));
      if (own.isEmpty()) {
        own = patientOf(resource);
      }
    }
    String patient = own.isEmpty() ? "p" : own;
    here.add("Patient/" + patient);
    List<Event> events = new ArrayList<>();
    for (JsonNode resource : json.path("resources")) {
      JsonNode meta = resource.path("meta");
      ObjectNode renamed = renamed(resource.deepCopy(), here, prefix);
      renamed.put("id", prefix + resource.path("id").asText());
      ((ObjectNode) renamed.path("meta")).remove(List.of("versionId", "lastUpdated"));
      events.add(
          new Event(
              instant(meta.path("lastUpdated")),
              meta.path("versionId").asInt(),
              entry("PUT", reference(renamed), renamed)));
    }
    for (JsonNode deleted : json.path("deletions")) {
      String[] reference = deleted.path("reference").asText().split("/");
      events.add(
          new Event(
              instant(deleted.path("at")),
              Integer.MAX_VALUE,
              entry("DELETE", reference[0] + "/" + prefix + reference[1], null)));
    }
    events.sort(
        (a, b) -> {
          int first = a.stored().compareTo(b.stored());
          return first == 0 ? Integer.compare(a.version(), b.version()) : first;
        });
    Instant known = instant(json.has("knownAt") ? json.path("knownAt") : json.path("at"));
    List<List<ObjectNode>> early = new ArrayList<>();
    if (!here.contains("Patient/" + patient) || events.stream().noneMatch(GoldenCase::isPatient)) {
      ObjectNode stub = FhirCalls.JSON.createObjectNode().put("resourceType", "Patient");
      stub.put("id", prefix + patient);
      early.add(List.of(entry("PUT", "Patient/" + prefix + patient, stub)));
    }
    early.addAll(waves(events.stream().filter(e -> !e.stored().isAfter(known)).toList()));
    return new GoldenCase(
        file + ": " + json.path("name").asText(),
        prefix + patient,
        instant(json.path("at")),
        early,
        waves(events.stream().filter(e -> e.stored().isAfter(known)).toList()),
        new LinkedHashMap<>(expect));
  }

  private static boolean isPatient(Event event) {
    return event.entry().at("/request/url").asText().startsWith("Patient/");
  }

  /** What was stored at one moment goes together; of a resource one version at a time. */
  private static List<List<ObjectNode>> waves(List<Event> events) {
    List<List<ObjectNode>> waves = new ArrayList<>();
    Map<String, Integer> last = new HashMap<>();
    Instant moment = Instant.MIN;
    for (Event event : events) {
      String url = event.entry().at("/request/url").asText();
      if (!event.stored().equals(moment) || last.getOrDefault(url, -1) == waves.size() - 1) {
        waves.add(new ArrayList<>());
      }
      moment = event.stored();
      last.put(url, waves.size() - 1);
      waves.get(waves.size() - 1).add(event.entry());
    }
    return waves;
  }

  private static String reference(JsonNode resource) {
    return resource.path("resourceType").asText() + "/" + resource.path("id").asText();
  }

  private static String patientOf(JsonNode resource) {
    String reference =
        resource.path("resourceType").asText().equals("Patient")
            ? reference(resource)
            : resource
                .path(resource.has("subject") ? "subject" : "patient")
                .path("reference")
                .asText();
    return reference.startsWith("Patient/") ? reference.substring("Patient/".length()) : "";
  }

  private static Instant instant(JsonNode text) {
    return OffsetDateTime.parse(text.asText()).toInstant();
  }

  private static ObjectNode entry(String method, String url, @Nullable ObjectNode resource) {
    ObjectNode entry = FhirCalls.JSON.createObjectNode();
    if (resource != null) {
      entry.set("resource", resource);
    }
    entry.putObject("request").put("method", method).put("url", url);
    return entry;
  }

  /** References to what is in the case follow its ids; others stay, since definitions name them. */
  private static ObjectNode renamed(JsonNode node, Set<String> here, String prefix) {
    if (node instanceof ObjectNode object) {
      String reference = object.path("reference").asText();
      String place = reference.replaceFirst("/_history/.*", "");
      if (here.contains(place)) {
        object.put("reference", reference.replaceFirst("/", "/" + prefix));
      }
      object.forEach(child -> renamedWithin(child, here, prefix));
      return object;
    }
    throw new IllegalArgumentException("A resource is an object");
  }

  private static void renamedWithin(JsonNode node, Set<String> here, String prefix) {
    if (node instanceof ObjectNode object) {
      renamed(object, here, prefix);
    } else if (node instanceof ArrayNode array) {
      array.forEach(child -> renamedWithin(child, here, prefix));
    }
  }
}
