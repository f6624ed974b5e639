package org.auscult.prove.leakage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.auscult.prove.leakage.Course.Measure;

/** What one patient has, what is planted, and what is corrected. */
final class Plants {
  private static final LocalDate BORN = LocalDate.parse("1962-05-17");

  private final Random random;
  private final Course course;
  private final Instant now;
  private final List<ObjectNode> had = new ArrayList<>();
  private String openStay = "";

  /**
   * @param seed of all that is random; two patients of one seed have the same
   * @param now before which everything lies that the patient has
   */
  Plants(String patient, long seed, Instant now) {
    this.random = new Random(seed);
    this.course = new Course(patient, random);
    this.now = now;
  }

  /** An ordinary record of two years, and a stay that is still going on. */
  List<ObjectNode> ordinary() {
    had.add(course.patient(BORN, random.nextBoolean() ? "female" : "male"));
    for (int i = 0; i < 5; i++) {
      String kind = Course.CLASSES.get(random.nextInt(Course.CLASSES.size()));
      had.add(course.stay(kind, daysAgo(30, 700), Duration.ofHours(1 + random.nextInt(72))));
    }
    ObjectNode open = course.stay("AMB", daysAgo(20, 25), Duration.ZERO);
    openStay = open.path("id").asText();
    had.add(open);
    for (Measure measure : Course.MEASURES) {
      for (int i = 2 + random.nextInt(4); i > 0; i--) {
        had.add(course.usual(measure, daysAgo(1, 700), i == 1 ? openStay : ""));
      }
    }
    had.add(course.smoking(daysAgo(1, 700), false));
    for (String code : Course.CONDITIONS) {
      if (random.nextBoolean()) {
        ObjectNode condition = course.condition(code, daysAgo(200, 700));
        had.add(random.nextBoolean() ? Course.abated(condition, daysAgo(1, 200)) : condition);
      }
    }
    for (String code : Course.ORDERS) {
      if (random.nextBoolean()) {
        had.add(course.order(code, daysAgo(1, 300)));
      }
    }
    for (String code : Course.PROCEDURES) {
      had.add(course.procedure(code, daysAgo(1, 700)));
    }
    had.add(course.shot(daysAgo(1, 500)));
    return List.copyOf(had);
  }

  /** Already recorded, but not yet true: from a minute to ten months ahead. */
  List<ObjectNode> future() {
    List<ObjectNode> planted = new ArrayList<>();
    for (Measure measure : Course.MEASURES) {
      planted.add(course.unusual(measure, ahead(), openStay));
    }
    planted.add(course.smoking(ahead(), true));
    Course.CONDITIONS.forEach(code -> planted.add(course.condition(code, ahead())));
    Course.ORDERS.forEach(code -> planted.add(course.order(code, ahead())));
    Course.PROCEDURES.forEach(code -> planted.add(course.procedure(code, ahead())));
    Course.CLASSES.forEach(kind -> planted.add(course.stay(kind, ahead(), Duration.ofHours(5))));
    planted.add(course.shot(ahead()));
    return planted;
  }

  /** True already, but not yet recorded: of ten minutes ago, of this month, and of long ago. */
  List<ObjectNode> backDated() {
    List<ObjectNode> planted = new ArrayList<>();
    for (Instant at : List.of(minutesAgo(), daysAgo(2, 19), daysAgo(800, 1_000))) {
      for (Measure measure : Course.MEASURES) {
        planted.add(course.unusual(measure, at, at.isAfter(daysAgo(20, 21)) ? openStay : ""));
      }
      planted.add(course.smoking(at, true));
      Course.CONDITIONS.forEach(code -> planted.add(course.condition(code, at)));
      Course.ORDERS.forEach(code -> planted.add(course.order(code, at)));
      Course.PROCEDURES.forEach(code -> planted.add(course.procedure(code, at)));
      Course.CLASSES.forEach(kind -> planted.add(course.stay(kind, at, Duration.ofMinutes(5))));
      planted.add(course.shot(at));
    }
    return planted;
  }

  /** New versions of what the patient has: other values, ends, statuses, times, and birth. */
  List<ObjectNode> corrected() {
    List<ObjectNode> corrected = new ArrayList<>();
    for (ObjectNode before : had) {
      ObjectNode after = before.deepCopy();
      switch (before.path("resourceType").asText()) {
        case "Patient" -> {
          after.put("birthDate", BORN.minusYears(20).toString());
          after.put("gender", before.path("gender").asText().equals("male") ? "female" : "male");
        }
        case "Observation" -> corrected(after);
        case "Condition" -> {
          if (!before.has("abatementDateTime")) {
            after = Course.abated(before, daysAgo(1, 100));
          }
        }
        case "MedicationRequest" -> after.put("status", "stopped");
        case "Procedure" -> after.put("status", "entered-in-error");
        case "Immunization" -> after.put("occurrenceDateTime", minutesAgo().toString());
        case "Encounter" -> {
          if (random.nextBoolean()) {
            after.put("status", "entered-in-error");
          }
        }
        default -> throw new IllegalStateException("A type that nobody corrects");
      }
      if (!after.equals(before)) {
        corrected.add(after);
      }
    }
    return corrected;
  }

  private void corrected(ObjectNode observation) {
    switch (random.nextInt(4)) {
      case 0 -> observation.put("status", "entered-in-error");
      case 1 -> observation.put("effectiveDateTime", minutesAgo().toString());
      default -> {
        observation.put("status", "corrected");
        if (observation.path("valueQuantity") instanceof ObjectNode quantity) {
          quantity.put("value", quantity.path("value").decimalValue().multiply(BigDecimal.TEN));
        }
      }
    }
  }

  /** One of the values that the patient has. */
  ObjectNode anyValue() {
    List<ObjectNode> values =
        had.stream().filter(r -> r.path("resourceType").asText().equals("Observation")).toList();
    return values.get(random.nextInt(values.size()));
  }

  /** The patient as one that was merged into another. */
  ObjectNode merged(String into) {
    ObjectNode patient = had.get(0).deepCopy().put("active", false);
    ObjectNode link = patient.putArray("link").addObject().put("type", "replaced-by");
    link.putObject("other").put("reference", "Patient/" + into);
    return patient;
  }

  private Instant ahead() {
    return now.plus(2, ChronoUnit.MINUTES).plusSeconds(random.nextInt(300 * 86_400));
  }

  private Instant minutesAgo() {
    return now.minusSeconds(10 + random.nextInt(600));
  }

  private Instant daysAgo(int least, int most) {
    return now.minusSeconds(86_400L * least + random.nextInt(86_400 * (most - least)));
  }
}
