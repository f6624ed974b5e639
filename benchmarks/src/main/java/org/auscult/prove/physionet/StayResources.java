package org.auscult.prove.physionet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.auscult.prove.FhirCalls;
import org.auscult.prove.physionet.StayFile.Line;
import org.auscult.prove.physionet.StayFile.Stay;

/**
 * A stay as FHIR: a Patient, and an Observation for each line that records something. The file
 * gives no dates, so that every stay begins at {@link #ADMITTED}.
 */
final class StayResources {
  static final Instant ADMITTED = Instant.parse("2012-03-01T00:00:00Z");
  private static final LocalDate DAY = LocalDate.parse("2012-03-01");
  private static final String UCUM = "http://unitsofmeasure.org";

  private StayResources() {}

  static String patient(Stay stay) {
    return "stay-" + stay.id();
  }

  static List<ObjectNode> of(Stay stay) {
    List<ObjectNode> resources = new ArrayList<>();
    ObjectNode patient = resource("Patient", patient(stay));
    resources.add(patient);
    int number = 0;
    for (Line line : stay.lines()) {
      switch (line.variable()) {
        case "Age" ->
            patient.put("birthDate", DAY.minusYears(Long.parseLong(line.value())).toString());
        case "Gender" -> {
          if (!line.value().equals("-1")) {
            patient.put("gender", line.value().equals("0") ? "female" : "male");
          }
        }
        default -> {
          Optional<Variable> variable = Variable.named(line.variable());
          if (variable.isPresent() && isRecorded(variable.get(), line)) {
            // The id counts the lines: of two at one time the later one stands.
            resources.add(observation(stay, line, variable.get(), number));
          }
        }
      }
      number++;
    }
    return resources;
  }

  private static boolean isRecorded(Variable variable, Line line) {
    return !(variable.isDescriptor() && new BigDecimal(line.value()).signum() < 0);
  }

  private static ObjectNode observation(Stay stay, Line line, Variable variable, int number) {
    ObjectNode observation =
        resource("Observation", "stay-%s-%05d".formatted(stay.id(), number)).put("status", "final");
    observation
        .putObject("code")
        .putArray("coding")
        .addObject()
        .put("system", variable.system())
        .put("code", variable.code());
    observation.putObject("subject").put("reference", "Patient/" + patient(stay));
    observation.put(
        "effectiveDateTime", ADMITTED.plus(line.minute(), ChronoUnit.MINUTES).toString());
    observation
        .putObject("valueQuantity")
        .put("value", new BigDecimal(line.value()))
        .put("system", UCUM)
        .put("code", variable.unit());
    return observation;
  }

  private static ObjectNode resource(String type, String id) {
    return FhirCalls.JSON.createObjectNode().put("resourceType", type).put("id", id);
  }
}
