package org.auscult.prove.asof;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.auscult.prove.FhirCalls;

/** Every version of every resource, read back through FHIR's own history. */
final class Histories {
  static final List<String> TYPES =
      List.of(
          "Patient",
          "Observation",
          "Condition",
          "MedicationRequest",
          "MedicationStatement",
          "Procedure",
          "Encounter");

  private final List<Version> versions;
  private final List<Standing> standings = new ArrayList<>();
  private final Map<String, Standing> byReference;

  Histories(Collection<Version> versions, Statements statements) {
    this.versions = List.copyOf(versions);
    Map<String, List<Version>> byResource = new LinkedHashMap<>();
    for (Version version : versions) {
      byResource.computeIfAbsent(version.resource(), r -> new ArrayList<>()).add(version);
    }
    byResource.values().forEach(one -> standings.addAll(Standing.of(one, statements)));
    this.byReference = Comparison.byReference(standings);
  }

  static Histories read(FhirCalls fhir, Statements statements)
      throws IOException, InterruptedException {
    List<Version> versions = new ArrayList<>();
    for (String type : TYPES) {
      String next = "/fhir/" + type + "/_history?_count=500";
      while (!next.isEmpty()) {
        JsonNode page = fhir.get(next).body();
        for (JsonNode entry : page.path("entry")) {
          versions.add(version(fhir, type, entry));
        }
        next = next(page);
      }
    }
    return new Histories(versions, statements);
  }

  private static String next(JsonNode page) {
    for (JsonNode link : page.path("link")) {
      if (link.path("relation").asText().equals("next")) {
        String url = link.path("url").asText();
        return url.substring(url.indexOf("/fhir"));
      }
    }
    return "";
  }

  private static Version version(FhirCalls fhir, String type, JsonNode entry)
      throws IOException, InterruptedException {
    JsonNode resource = entry.path("resource");
    if (resource.isMissingNode()) {
      String path = entry.path("request").path("url").asText();
      String[] url = path.split("/", -1);
      return new Version(type, url[1], Long.parseLong(url[3]), null, deleted(fhir, path));
    }
    JsonNode meta = resource.path("meta");
    return new Version(
        type,
        resource.path("id").asText(),
        meta.path("versionId").asLong(),
        resource,
        instant(meta.path("lastUpdated").asText()));
  }

  /** A history does not say when something was deleted; a read of the deleted version does. */
  private static Instant deleted(FhirCalls fhir, String path)
      throws IOException, InterruptedException {
    JsonNode issue = fhir.get("/fhir/" + path).body().path("issue").path(0);
    return instant(issue.path("diagnostics").asText().replaceFirst(".* ", ""));
  }

  private static Instant instant(String text) throws IOException {
    if (text.isEmpty()) {
      throw new IOException("A version in a history lacks its time");
    }
    return OffsetDateTime.parse(text).toInstant();
  }

  List<Version> versions() {
    return versions;
  }

  /** All versions that state anything, with their known times. */
  List<Standing> standings() {
    return standings;
  }

  Map<String, Standing> byReference() {
    return byReference;
  }

  /** What the record knew at an instant. */
  List<Standing> knownAt(Instant instant) {
    return standings.stream().filter(s -> s.at(instant)).toList();
  }
}
