package org.auscult.prove.deidentify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Copies files of resources with a marker added to texts, and remembers what identified anyone
 * before: ids, identifiers, names, telephone numbers, streets.
 */
final class PlantedFiles {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A resource with another of these would not be the same resource. */
  private static final Set<String> UNTOUCHED =
      Set.of(
          "resourceType",
          "id",
          "reference",
          "system",
          "code",
          "status",
          "intent",
          "url",
          "unit",
          "gender",
          "use",
          "fullUrl",
          "method",
          "type",
          "state",
          "country",
          "currency",
          "valueCode",
          "profile");

  /** Synthea gives it to 8 Observations of the whole set; it is no LOINC code. */
  private static final String NO_CODE = "X9999-0";

  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}.*");
  private static final Set<String> DIRECT = Set.of("identifier", "name", "telecom", "line", "id");
  private static final int SHORTEST = 6;

  private final Random random;
  final Set<String> identifying = new HashSet<>();
  final Map<String, Integer> counts = new TreeMap<>();

  /** Observations that have no code which a code system knows. */
  final Set<String> withoutCode = new HashSet<>();

  long markers;
  int labelled;
  int uncoded;

  PlantedFiles(Random random) {
    this.random = random;
  }

  /** What no text of the data contains. */
  static final Pattern MARKER = Pattern.compile("Zq\\d{9}x");

  void copy(Path from, Path to) throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.list(from)) {
      files = found.filter(f -> f.toString().endsWith("json.gz")).sorted().toList();
    }
    for (Path file : files) {
      Path target = to.resolve(file.getFileName());
      if (file.toString().endsWith(".ndjson.gz")) {
        lines(file, target);
      } else {
        bundle(file, target);
      }
    }
  }

  private void lines(Path file, Path target) throws IOException {
    try (BufferedReader lines = reader(file);
        BufferedWriter out = writer(target)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        ObjectNode resource = (ObjectNode) JSON.readTree(line);
        resource(resource);
        out.write(resource.toString());
        out.newLine();
      }
    }
  }

  private void bundle(Path file, Path target) throws IOException {
    JsonNode bundle;
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      bundle = JSON.readTree(in);
    }
    for (JsonNode entry : bundle.path("entry")) {
      if (entry.path("resource") instanceof ObjectNode resource) {
        resource(resource);
      }
    }
    try (BufferedWriter out = writer(target)) {
      out.write(bundle.toString());
    }
  }

  private void resource(ObjectNode resource) {
    String type = resource.path("resourceType").asText();
    counts.merge(type, 1, Integer::sum);
    remember(resource, false);
    plant(resource);
    resource.putArray("note").addObject().put("text", marker());
    resource.put("unknownElement", marker());
    ArrayNode extensions = resource.withArray("extension");
    extensions.addObject().put("url", "urn:" + marker()).put("valueString", marker());
    boolean coded = !resource.path("code").toString().contains(NO_CODE);
    if (!coded) {
      withoutCode.add(resource.path("id").asText());
      uncoded++;
    } else if (type.equals("Observation") && random.nextInt(20) == 0) {
      labelled++;
      resource
          .withObject("/meta")
          .putArray("security")
          .addObject()
          .put("system", "http://terminology.hl7.org/CodeSystem/v3-ObservationValue")
          .put("code", "AIAST");
    }
  }

  private void remember(JsonNode node, boolean direct) {
    if (direct && node.isTextual() && node.textValue().length() >= SHORTEST) {
      identifying.add(node.textValue());
    }
    if (node instanceof ObjectNode object) {
      object
          .fields()
          .forEachRemaining(
              field ->
                  remember(
                      field.getValue(),
                      !UNTOUCHED.contains(field.getKey()) && direct
                          || DIRECT.contains(field.getKey())));
    } else {
      node.forEach(child -> remember(child, direct));
    }
  }

  private void plant(ObjectNode object) {
    for (String name : List.copyOf(object.properties()).stream().map(Map.Entry::getKey).toList()) {
      JsonNode value = object.path(name);
      if (value instanceof ObjectNode below) {
        plant(below);
      } else if (value instanceof ArrayNode list) {
        plant(list, name);
      } else if (isText(value, name) && random.nextBoolean()) {
        object.put(name, value.textValue() + " " + marker());
      }
    }
    if (object.has("reference") || object.has("code") && object.has("system")) {
      object.put("display", marker());
    }
  }

  private void plant(ArrayNode list, String name) {
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i) instanceof ObjectNode below) {
        plant(below);
      } else if (isText(list.get(i), name)) {
        list.set(i, TextNode.valueOf(list.get(i).textValue() + " " + marker()));
      }
    }
  }

  private static boolean isText(JsonNode value, String name) {
    return value.isTextual()
        && !UNTOUCHED.contains(name)
        && !DATE.matcher(value.textValue()).matches();
  }

  private String marker() {
    markers++;
    return "Zq%09dx".formatted(markers);
  }

  static BufferedReader reader(Path file) throws IOException {
    InputStream in = Files.newInputStream(file);
    return new BufferedReader(
        new InputStreamReader(
            file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in,
            StandardCharsets.UTF_8));
  }

  private static BufferedWriter writer(Path file) throws IOException {
    OutputStream out = new GZIPOutputStream(Files.newOutputStream(file));
    return new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
  }
}
