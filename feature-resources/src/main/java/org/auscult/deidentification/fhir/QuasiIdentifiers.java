package org.auscult.deidentification.fhir;

import static org.auscult.deidentification.fhir.ValueMasks.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** What a masked Patient tells of a person that others may know of them too. */
public final class QuasiIdentifiers {
  /** Their names, in the order of their values. */
  public static final List<String> NAMES =
      List.of("birth date", "sex", "race", "ethnicity", "address", "death");

  private static final String US_CORE = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-";

  private QuasiIdentifiers() {}

  /** The values of one masked Patient; empty text where it tells nothing. */
  public static List<String> of(JsonNode patient) {
    String death = text(patient.path("deceasedDateTime"));
    return List.of(
        text(patient.path("birthDate")),
        text(patient.path("gender"))
            + " "
            + extension(patient, "birthsex").path("valueCode").asText("-"),
        codes(extension(patient, "race")),
        codes(extension(patient, "ethnicity")),
        each(patient.path("address"), JsonNode::toString),
        death.isEmpty() ? patient.path("deceasedBoolean").asText() : death);
  }

  private static JsonNode extension(JsonNode patient, String name) {
    for (JsonNode extension : patient.path("extension")) {
      if (text(extension.path("url")).equals(US_CORE + name)) {
        return extension;
      }
    }
    return MissingNode.getInstance();
  }

  private static String codes(JsonNode extension) {
    return each(extension.path("extension"), e -> text(e.path("valueCoding").path("code")));
  }

  private static String each(JsonNode list, Function<JsonNode, String> part) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(part)
        .sorted()
        .collect(Collectors.joining(" "));
  }
}
