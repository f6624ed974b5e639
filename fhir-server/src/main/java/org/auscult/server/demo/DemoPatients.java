package org.auscult.server.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.auscult.server.bundle.BundledResources;

/** The bundled synthetic patients, with their dates brought up to today. */
final class DemoPatients {
  private static final List<String> TYPES =
      List.of(
          "Patient",
          "Encounter",
          "Condition",
          "Observation",
          "MedicationRequest",
          "Procedure",
          "AllergyIntolerance",
          "Immunization");

  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}(T.*)?");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final long days;
  private final List<String> ids = new ArrayList<>();

  DemoPatients(LocalDate today) {
    this.days = ChronoUnit.DAYS.between(BundledResources.GENERATED, today);
  }

  /** By how many days all dates but those of birth are moved. */
  long shiftedBy() {
    return days;
  }

  /** The patients' ids, after {@link #write}. */
  List<String> ids() {
    return List.copyOf(ids);
  }

  /**
   * Writes one NDJSON file for each type, the first patient apart from the others: so that a card
   * can be shown before all are loaded.
   */
  void write(Path first, Path others) throws IOException {
    for (String type : TYPES) {
      List<String> ofFirst = new ArrayList<>();
      List<String> ofOthers = new ArrayList<>();
      for (String line : BundledResources.lines(type)) {
        JsonNode resource = JSON.readTree(line);
        shift(resource);
        if (type.equals("Patient")) {
          ids.add(resource.path("id").asText());
        }
        (patient(resource).equals(ids.get(0)) ? ofFirst : ofOthers)
            .add(JSON.writeValueAsString(resource));
      }
      Files.write(first.resolve(type + ".ndjson"), ofFirst);
      Files.write(others.resolve(type + ".ndjson"), ofOthers);
    }
  }

  private static String patient(JsonNode resource) {
    if (resource.path("resourceType").asText().equals("Patient")) {
      return resource.path("id").asText();
    }
    String subject = resource.path("subject").path("reference").asText();
    String patient = resource.path("patient").path("reference").asText();
    return (subject + patient).replaceFirst("^Patient/", "");
  }

  private void shift(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object
          .properties()
          .forEach(
              field -> {
                if (!field.getKey().equals("birthDate")) {
                  field.setValue(shifted(field.getValue()));
                }
              });
    } else if (node instanceof ArrayNode array) {
      array.forEach(this::shift);
    }
  }

  private JsonNode shifted(JsonNode value) {
    if (value.isTextual() && DATE.matcher(value.asText()).matches()) {
      String text = value.asText();
      LocalDate day = LocalDate.parse(text.substring(0, 10)).plusDays(days);
      return new TextNode(day + text.substring(10));
    }
    shift(value);
    return value;
  }
}
