package org.auscult.prove.vendor;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Writes a folder of patients as a second vendor would: under ids of its own, in its own codes,
 * units and profiles. Times, statuses, categories and words stay.
 */
final class Rewriting {
  /** What every id of the second vendor begins with. */
  static final String PREFIX = "v2-";

  /** What is rewritten; organisations, places and practitioners are the same ones. */
  private static final Set<String> TYPES =
      Set.of(
          "Patient",
          "Encounter",
          "Observation",
          "Condition",
          "MedicationRequest",
          "Medication",
          "Procedure",
          "Immunization");

  private static final Set<String> CONCEPTS =
      Set.of("code", "valueCodeableConcept", "medicationCodeableConcept", "vaccineCode");

  /** Grams in a mole: what laboratories report by substance. */
  private static final Map<String, BigDecimal> MOLAR_MASS =
      Map.of(
          "2339-0", new BigDecimal("180.16"),
          "2345-7", new BigDecimal("180.16"),
          "38483-4", new BigDecimal("113.12"),
          "2160-0", new BigDecimal("113.12"),
          "2093-3", new BigDecimal("386.65"));

  /** So many digits that the number which is read is the same to the last bit. */
  private static final MathContext DIGITS = new MathContext(28);

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
          .build();

  private final LocalCodes codes;
  private final Map<Path, List<ObjectNode>> files = new LinkedHashMap<>();
  private final Set<String> ids = new HashSet<>();
  private int resources;

  Rewriting(LocalCodes codes) {
    this.codes = codes;
  }

  /** How many resources were written. */
  int resources() {
    return resources;
  }

  void rewrite(Path from, Path to) throws IOException {
    read(from);
    for (var file : files.entrySet()) {
      try (BufferedWriter out =
          new BufferedWriter(
              new OutputStreamWriter(
                  new GZIPOutputStream(Files.newOutputStream(to.resolve(file.getKey()))),
                  StandardCharsets.UTF_8))) {
        for (ObjectNode resource : file.getValue()) {
          rewrite(resource);
          out.write(JSON.writeValueAsString(resource));
          out.newLine();
          resources++;
        }
      }
    }
  }

  private void read(Path from) throws IOException {
    List<Path> found;
    try (Stream<Path> paths = Files.list(from)) {
      found = paths.filter(p -> TYPES.contains(type(p))).sorted().toList();
    }
    for (Path path : found) {
      List<ObjectNode> lines = new ArrayList<>();
      try (BufferedReader in =
          new BufferedReader(
              new InputStreamReader(
                  new GZIPInputStream(Files.newInputStream(path)), StandardCharsets.UTF_8))) {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
          ObjectNode resource = (ObjectNode) JSON.readTree(line);
          ids.add(type(path) + "/" + resource.path("id").asText());
          lines.add(resource);
        }
      }
      files.put(path.getFileName(), lines);
    }
  }

  private static String type(Path file) {
    return file.getFileName().toString().replaceFirst("\\..*", "");
  }

  private void rewrite(ObjectNode resource) {
    String type = resource.path("resourceType").asText();
    resource.put("id", PREFIX + resource.path("id").asText());
    resource.remove("text");
    ObjectNode meta = resource.putObject("meta");
    meta.putArray("profile").add(LocalCodes.BASE + "StructureDefinition/our-" + type);
    resource
        .path("identifier")
        .forEach(i -> ((ObjectNode) i).put("value", PREFIX + i.path("value").asText()));
    refer(resource);
    if (type.equals("Encounter")) {
      codes.rewrite((ObjectNode) resource.path("class"));
      resource.path("type").forEach(this::concept);
    }
    statement(resource);
    resource.path("component").forEach(component -> statement((ObjectNode) component));
  }

  /** To what was rewritten, by its new id. */
  private void refer(JsonNode node) {
    if (node instanceof ObjectNode object && ids.contains(object.path("reference").asText())) {
      String[] parts = object.path("reference").asText().split("/", 2);
      object.put("reference", parts[0] + "/" + PREFIX + parts[1]);
    }
    node.forEach(this::refer);
  }

  private void statement(ObjectNode statement) {
    if (statement.path("valueQuantity") instanceof ObjectNode quantity) {
      measure(statement.at("/code/coding/0/code").asText(), quantity);
    }
    CONCEPTS.forEach(name -> concept(statement.path(name)));
  }

  private void concept(JsonNode concept) {
    concept.path("coding").forEach(coding -> codes.rewrite((ObjectNode) coding));
  }

  private void measure(String code, ObjectNode quantity) {
    BigDecimal value = quantity.path("value").decimalValue();
    BigDecimal mass = MOLAR_MASS.get(code);
    switch (quantity.path("code").asText()) {
      case "mg/dL" -> {
        if (mass == null) {
          text(quantity, value, "mg per 100 ml", "mg/dL");
        } else {
          text(quantity, value.movePointRight(1).divide(mass, DIGITS), "mmol per l", "mmol/L");
        }
      }
      case "kg" -> quantity.put("value", value.movePointRight(3)).put("unit", "g").put("code", "g");
      case "cm" -> quantity.put("value", value.movePointLeft(2)).put("unit", "m").put("code", "m");
      case "mm[Hg]" -> text(quantity, value, "millimetres of mercury", "mm[Hg]");
      case "/min" -> text(quantity, value, "per minute", "/min");
      case "%" -> text(quantity, value, "percent", "%");
      case "mL/min/{1.73_m2}" ->
          text(quantity, value, "ml per min per 1.73 sq m", "mL/min/{1.73_m2}");
      default -> {
        // The two write it alike.
      }
    }
  }

  /** Without a system: a text that only this vendor's people understand. */
  private void text(ObjectNode quantity, BigDecimal value, String text, String ucum) {
    quantity.remove(List.of("system", "code"));
    quantity.put("value", value).put("unit", codes.unit(text, ucum));
  }
}
