package org.auscult.prove.deidentify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a folder of resources holds, read without any knowledge of how it was made. */
final class CopyCheck {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern TOKENS = Pattern.compile("[/ ,;|_]+|\\.ndjson|\\.json");
  private static final Pattern FINER_THAN_YEAR = Pattern.compile("\\d{4}-\\d{2}(-\\d{2}.*)?");

  private final Set<String> identifying;
  private final Set<String> untimed;
  final Map<String, Integer> counts = new TreeMap<>();
  final Set<String> names = new HashSet<>();
  final Set<String> leaks = new HashSet<>();
  final Map<String, List<Long>> times = new HashMap<>();
  private final List<String> references = new ArrayList<>();
  int markers;
  int finerThanYear;
  int labelled;
  int texts;

  /**
   * Begins a check.
   *
   * @param identifying texts that nothing may hold
   * @param untimed ids of Observations whose times do not count
   */
  CopyCheck(Set<String> identifying, Set<String> untimed) {
    this.identifying = identifying;
    this.untimed = untimed;
  }

  CopyCheck read(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        text(file.getFileName().toString());
        try (BufferedReader lines = PlantedFiles.reader(file)) {
          for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            JsonNode node = JSON.readTree(line);
            if (node.path("resourceType").asText().equals("Bundle")) {
              node.path("entry").forEach(entry -> resource(entry.path("resource")));
            } else {
              resource(node);
            }
          }
        }
      }
    }
    return this;
  }

  private void resource(JsonNode resource) {
    String type = resource.path("resourceType").asText();
    counts.merge(type, 1, Integer::sum);
    names.add(type + "/" + resource.path("id").asText());
    if (resource.path("meta").path("security").toString().contains("AIAST")) {
      labelled++;
    }
    String effective = resource.path("effectiveDateTime").asText();
    if (type.equals("Observation")
        && effective.contains("T")
        && !untimed.contains(resource.path("id").asText())) {
      times
          .computeIfAbsent(
              resource.at("/subject/reference").asText().replaceFirst("^(urn:uuid:|Patient/)", ""),
              p -> new ArrayList<>())
          .add(OffsetDateTime.parse(effective).toInstant().toEpochMilli());
    }
    walk(resource);
  }

  private void walk(JsonNode node) {
    if (node.isTextual()) {
      text(node.textValue());
    }
    if (node.path("reference").isTextual()) {
      references.add(node.path("reference").textValue());
    }
    node.fieldNames().forEachRemaining(this::text);
    node.forEach(this::walk);
  }

  private void text(String text) {
    texts++;
    if (PlantedFiles.MARKER.matcher(text).find()) {
      markers++;
    }
    if (FINER_THAN_YEAR.matcher(text).matches()) {
      finerThanYear++;
    }
    if (identifying.contains(text)) {
      leaks.add(text);
    }
    for (String token : TOKENS.split(text)) {
      if (identifying.contains(token)) {
        leaks.add(token);
      }
    }
  }

  /** References that name nothing in the folder. */
  long dangling() {
    return references.stream().filter(r -> !r.startsWith("#") && !names.contains(r)).count();
  }

  /** References to Observations of these ids. */
  long toObservations(Set<String> ids) {
    return references.stream()
        .map(reference -> reference.replaceFirst("^(urn:uuid:|Observation/)", ""))
        .filter(ids::contains)
        .count();
  }

  int referenceCount() {
    return references.size();
  }

  /**
   * How one person's times lie to each other, for all persons: each is a list of distances from the
   * first, in order.
   */
  Map<String, Integer> intervals() {
    Map<String, Integer> found = new TreeMap<>();
    for (List<Long> of : times.values()) {
      List<Long> sorted = of.stream().sorted().toList();
      String distances = sorted.stream().map(t -> t - sorted.get(0)).toList().toString();
      found.merge(distances, 1, Integer::sum);
    }
    return found;
  }

  /**
   * The first time of each person, by how their times lie to each other; of those unlike others.
   */
  Map<String, Long> firstTimes() {
    Map<String, Integer> intervals = intervals();
    Map<String, Long> found = new HashMap<>();
    for (List<Long> of : times.values()) {
      List<Long> sorted = of.stream().sorted().toList();
      found.put(sorted.stream().map(t -> t - sorted.get(0)).toList().toString(), sorted.get(0));
    }
    found.keySet().removeIf(distances -> intervals.getOrDefault(distances, 0) != 1);
    return found;
  }
}
