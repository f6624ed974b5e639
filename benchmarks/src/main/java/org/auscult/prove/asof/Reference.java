package org.auscult.prove.asof;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What each feature must be: slow, obvious, and written from the documents, not from the product's
 * code. It knows a definition as JSON, and the versions of resources that the record held.
 */
final class Reference {
  /** The later a fact counts, the later in line; then by what the record learnt last. */
  private static final Comparator<Stated> ORDER =
      Comparator.comparing(Stated::visible)
          .thenComparing(Stated::from)
          .thenComparing(Stated::known)
          .thenComparing(s -> s.version().number())
          .thenComparing(s -> s.version().id())
          .thenComparing(Stated::part);

  private final List<? extends JsonNode> definitions;
  private final Map<String, Set<String>> valueSets = new HashMap<>();
  private final Statements statements;
  private final ZoneId zone;

  Reference(Definitions definitions, ZoneId zone) {
    this.definitions = definitions.features();
    this.zone = zone;
    this.statements = new Statements(new Dates(zone));
    for (JsonNode valueSet : definitions.valueSets()) {
      Set<String> codes = new HashSet<>();
      for (JsonNode include : valueSet.path("compose").path("include")) {
        String system = include.path("system").asText();
        include.path("concept").forEach(c -> codes.add(system + "|" + c.path("code").asText()));
      }
      valueSets.put(valueSet.path("url").asText() + "|1.0.0", codes);
    }
  }

  /** By which operator each feature is made. */
  Map<String, String> operators() {
    Map<String, String> operators = new LinkedHashMap<>();
    definitions.forEach(d -> operators.put(d.path("name").asText(), operator(d)));
    return operators;
  }

  Statements statements() {
    return statements;
  }

  /**
   * The vector of one patient.
   *
   * @param held the versions that the record held, and since when it knew them
   */
  List<Expected> vector(String patient, Collection<Standing> held, Instant at) {
    Map<String, Standing> newest = new LinkedHashMap<>();
    for (Standing standing : held) {
      if (Statements.patient(standing.version()).equals(patient)) {
        newest.merge(
            standing.version().resource(),
            standing,
            (a, b) -> a.version().number() > b.version().number() ? a : b);
      }
    }
    List<Stated> seen = new ArrayList<>();
    for (Standing standing : newest.values()) {
      for (Stated stated : statements.of(standing.version(), standing.from())) {
        if (!stated.visible().isAfter(at)
            && !stated.status().equals("entered-in-error")
            && !isWrittenByModel(stated.version())) {
          seen.add(stated);
        }
      }
    }
    seen.sort(ORDER);
    Standing person = newest.get("Patient/" + patient);
    Map<String, Expected> values = new LinkedHashMap<>();
    List<JsonNode> last = new ArrayList<>();
    for (JsonNode definition : definitions) {
      String name = definition.path("name").asText();
      values.put(name, Expected.missing(name, "dependency"));
      if (Definitions.extension(definition, "feature-anchor", "valueString").isMissingNode()) {
        values.put(name, one(definition, person, seen, at));
      } else {
        last.add(definition);
      }
    }
    for (JsonNode definition : last) {
      String name = definition.path("name").asText();
      String anchor = Definitions.extension(definition, "feature-anchor", "valueString").asText();
      Expected on = values.get(anchor);
      if (on != null && on.effective() != null) {
        values.put(name, checked(definition, age(name, person, on.effective())));
      }
    }
    return List.copyOf(values.values());
  }

  private static boolean isWrittenByModel(Version version) {
    JsonNode json = version.json();
    if (json != null) {
      for (JsonNode label : json.path("meta").path("security")) {
        if (label.path("code").asText().equals("AIAST")) {
          return true;
        }
      }
    }
    return false;
  }

  private Expected one(
      JsonNode definition, @Nullable Standing person, List<Stated> seen, Instant at) {
    String name = definition.path("name").asText();
    return switch (operator(definition)) {
      case "age" -> checked(definition, age(name, person, at));
      case "sex" -> sex(name, person);
      default -> {
        Expected value = coded(definition, seen, at);
        JsonNode fallback =
            Definitions.extension(definition, "feature-missing-default", "valueQuantity");
        boolean isNone = Set.of("not-recorded", "outside-window").contains(value.missing());
        yield isNone && !fallback.isMissingNode()
            ? Expected.fallback(name, fallback.path("value").asDouble(), shownUnit(definition))
            : value;
      }
    };
  }

  private Expected age(String name, @Nullable Standing person, Instant at) {
    JsonNode json = person == null ? null : person.version().json();
    if (person == null || json == null || !json.has("birthDate")) {
      return Expected.missing(name, "not-recorded");
    }
    String birth = json.path("birthDate").asText();
    LocalDate today = at.atZone(zone).toLocalDate();
    if (Dates.firstDay(birth).isAfter(today)) {
      return Expected.missing(name, "implausible");
    }
    int oldest = Period.between(Dates.firstDay(birth), today).getYears();
    int youngest = Period.between(Dates.dayAfter(birth).minusDays(1), today).getYears();
    if (oldest != youngest) {
      return Expected.missing(name, "ambiguous");
    }
    return ofPerson(name, oldest, "a", person, at);
  }

  private static Expected sex(String name, @Nullable Standing person) {
    JsonNode json = person == null ? null : person.version().json();
    if (person == null || json == null) {
      return Expected.missing(name, "not-recorded");
    }
    String sex = json.path("gender").asText();
    for (JsonNode extension : json.path("extension")) {
      if (extension.path("url").asText().endsWith("us-core-birthsex")
          && Set.of("M", "F").contains(extension.path("valueCode").asText())) {
        sex = extension.path("valueCode").asText().equals("F") ? "female" : "male";
      }
    }
    return switch (sex) {
      case "female" -> ofPerson(name, 1, "1", person, null);
      case "male" -> ofPerson(name, 0, "1", person, null);
      case "" -> Expected.missing(name, "not-recorded");
      default -> Expected.missing(name, "unrecognised-value");
    };
  }

  private static Expected ofPerson(
      String name, double value, String unit, Standing person, @Nullable Instant effective) {
    return new Expected(
        name,
        "",
        value,
        unit,
        "record",
        Set.of(person.version().reference()),
        effective,
        person.from());
  }

  private Expected coded(JsonNode definition, List<Stated> seen, Instant at) {
    String name = definition.path("name").asText();
    JsonNode requirement = definition.path("dataRequirement").path(0);
    String type = requirement.path("type").asText();
    Set<String> codes = codes(requirement.path("codeFilter").path(0));
    List<Stated> all =
        seen.stream()
            .filter(s -> s.version().type().equals(type))
            .filter(s -> s.codes().stream().anyMatch(codes::contains))
            .toList();
    List<Stated> counting = all.stream().filter(s -> counts(definition, s, at)).toList();
    List<Stated> inWindow = counting.stream().filter(s -> isWithin(definition, s, at)).toList();
    List<Stated> facts = inWindow.stream().filter(s -> !isAbsent(s)).toList();
    String operator = operator(definition);
    String nothing =
        !inWindow.isEmpty()
            ? "data-absent"
            : !counting.isEmpty() ? "outside-window" : !all.isEmpty() ? "status" : "not-recorded";
    switch (operator) {
      case "count" -> {
        return checked(definition, Expected.of(name, facts.size(), "1", facts));
      }
      case "exists" -> {
        if (facts.isEmpty()) {
          return inWindow.isEmpty()
              ? Expected.of(name, 0, "", List.of())
              : Expected.missing(name, "data-absent");
        }
        return Expected.of(name, 1, "", facts);
      }
      default -> {
        if (facts.isEmpty()) {
          return Expected.missing(name, nothing);
        }
        return number(definition, operator, facts, at);
      }
    }
  }

  private Expected number(JsonNode definition, String operator, List<Stated> said, Instant at) {
    String name = definition.path("name").asText();
    // A panel, or a question that nobody answered, is no measurement.
    List<Stated> facts = said.stream().filter(Stated::hasValue).toList();
    if (facts.isEmpty() && !operator.equals("time-since")) {
      return Expected.missing(name, "unrecognised-value");
    }
    switch (operator) {
      case "time-since" -> {
        Stated last = said.get(said.size() - 1);
        if (!last.isDated()) {
          return Expected.missing(name, "ambiguous");
        }
        double seconds = Duration.between(last.visible(), at).toMillis() / 1000.0;
        double unit = unit(definition).equals("d") ? 86_400 : 3_600;
        return checked(
            definition, Expected.of(name, seconds / unit, unit(definition), List.of(last)));
      }
      case "latest" -> {
        return read(definition, facts.get(facts.size() - 1));
      }
      case "first" -> {
        return read(definition, facts.get(0));
      }
      default -> {
        return summary(definition, operator, facts);
      }
    }
  }

  private Expected summary(JsonNode definition, String operator, List<Stated> facts) {
    String name = definition.path("name").asText();
    Map<Stated, Double> readable = new LinkedHashMap<>();
    String why = "";
    for (Stated fact : facts) {
      Expected value = read(definition, fact);
      if (value.isMissing()) {
        why = value.missing();
      } else {
        readable.put(fact, value.value());
      }
    }
    if (readable.isEmpty()) {
      return Expected.missing(name, why);
    }
    if (operator.equals("mean")) {
      double sum = 0;
      for (double value : readable.values()) {
        sum += value;
      }
      return Expected.of(name, sum / readable.size(), unit(definition), readable.keySet());
    }
    Map.Entry<Stated, Double> best = null;
    for (Map.Entry<Stated, Double> one : readable.entrySet()) {
      if (best == null
          || (operator.equals("max")
              ? one.getValue() > best.getValue()
              : one.getValue() < best.getValue())) {
        best = one;
      }
    }
    return best == null
        ? Expected.missing(name, why)
        : Expected.of(name, best.getValue(), shownUnit(definition), List.of(best.getKey()));
  }

  /** One fact as a number in the definition's unit, or why it is none. */
  private Expected read(JsonNode definition, Stated fact) {
    String name = definition.path("name").asText();
    JsonNode yes = Definitions.extension(definition, "feature-true-values", "valueCanonical");
    if (!yes.isMissingNode()) {
      return answer(definition, fact, yes.asText());
    }
    JsonNode quantity = fact.value().path("valueQuantity");
    if (!quantity.has("value")) {
      return Expected.missing(name, "unrecognised-value");
    }
    if (quantity.has("comparator")) {
      return Expected.missing(name, "comparator");
    }
    OptionalDouble value =
        Measures.convert(
            quantity.path("value").asDouble(),
            Measures.unit(quantity),
            unit(definition),
            fact.codes());
    if (value.isEmpty()) {
      return Expected.missing(name, "unit");
    }
    return checked(
        definition, Expected.of(name, value.getAsDouble(), unit(definition), List.of(fact)));
  }

  private Expected answer(JsonNode definition, Stated fact, String yes) {
    String name = definition.path("name").asText();
    JsonNode no = Definitions.extension(definition, "feature-false-values", "valueCanonical");
    Set<String> given = Statements.codings(fact.value().path("valueCodeableConcept"));
    if (given.isEmpty()) {
      return Expected.missing(name, "unrecognised-value");
    }
    boolean isYes = given.stream().anyMatch(valueSets.getOrDefault(yes, Set.of())::contains);
    boolean isNo = given.stream().anyMatch(valueSets.getOrDefault(no.asText(), Set.of())::contains);
    if (isYes && isNo) {
      return Expected.missing(name, "ambiguous");
    }
    return isYes || isNo
        ? Expected.of(name, isYes ? 1 : 0, shownUnit(definition), List.of(fact))
        : Expected.missing(name, "unrecognised-value");
  }

  /** A value outside of the plausible range is none. */
  private static Expected checked(JsonNode definition, Expected value) {
    JsonNode range = Definitions.extension(definition, "feature-plausible-range", "valueRange");
    JsonNode low = range.path("low").path("value");
    JsonNode high = range.path("high").path("value");
    boolean isOut =
        (low.isNumber() && value.value() < low.asDouble())
            || (high.isNumber() && value.value() > high.asDouble());
    return !value.isMissing() && isOut ? Expected.missing(value.name(), "implausible") : value;
  }

  private static boolean isAbsent(Stated fact) {
    JsonNode value = fact.value();
    return value.has("dataAbsentReason")
        && !value.has("valueQuantity")
        && !value.has("valueCodeableConcept")
        && !value.has("valueString");
  }

  private static boolean isWithin(JsonNode definition, Stated fact, Instant at) {
    JsonNode window = Definitions.extension(definition, "feature-lookback", "valueDuration");
    if (window.isMissingNode()) {
      return true;
    }
    ChronoUnit unit =
        switch (window.path("code").asText()) {
          case "h" -> ChronoUnit.HOURS;
          case "d" -> ChronoUnit.DAYS;
          case "wk" -> ChronoUnit.WEEKS;
          case "mo" -> ChronoUnit.MONTHS;
          default -> ChronoUnit.YEARS;
        };
    Instant start =
        at.atZone(ZoneOffset.UTC).minus(window.path("value").asLong(), unit).toInstant();
    boolean stillOpen =
        fact.isState() && (fact.until() == null || Optional.of(fact.until()).get().isAfter(start));
    return fact.visible().isAfter(start) || stillOpen;
  }

  private static boolean counts(JsonNode definition, Stated fact, Instant at) {
    Set<String> declared = new HashSet<>();
    for (JsonNode extension : definition.path("extension")) {
      if (extension.path("url").asText().endsWith("/feature-status")) {
        declared.add(extension.path("valueCode").asText());
      }
    }
    String status = fact.statusAt(at);
    if (!declared.isEmpty()) {
      return declared.contains(status.isEmpty() ? "active" : status);
    }
    return switch (fact.version().type()) {
      case "Observation" -> Set.of("final", "amended", "corrected").contains(status);
      case "Condition" -> Set.of("", "active", "recurrence", "relapse").contains(status);
      case "MedicationRequest" ->
          Set.of("active", "completed", "on-hold", "stopped").contains(status);
      case "Procedure" -> Set.of("in-progress", "completed").contains(status);
      case "MedicationStatement" ->
          Set.of("active", "completed", "intended", "on-hold").contains(status);
      case "Encounter" ->
          Set.of("arrived", "triaged", "in-progress", "onleave", "finished").contains(status);
      default -> false;
    };
  }

  private Set<String> codes(JsonNode filter) {
    Set<String> codes = new HashSet<>();
    filter
        .path("code")
        .forEach(c -> codes.add(c.path("system").asText() + "|" + c.path("code").asText()));
    codes.addAll(valueSets.getOrDefault(filter.path("valueSet").asText(), Set.of()));
    return codes;
  }

  private static String operator(JsonNode definition) {
    return Definitions.extension(definition, "feature-operator", "valueCode").asText();
  }

  private static String unit(JsonNode definition) {
    return Definitions.extension(definition, "feature-unit", "valueCode").asText();
  }

  /** Truths are shown without a unit. */
  private static String shownUnit(JsonNode definition) {
    boolean isTruth =
        !Definitions.extension(definition, "feature-true-values", "valueCanonical").isMissingNode();
    return isTruth ? "" : unit(definition);
  }
}
