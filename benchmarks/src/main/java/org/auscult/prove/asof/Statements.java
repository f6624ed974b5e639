package org.auscult.prove.asof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.auscult.prove.asof.Dates.Interval;
import org.jspecify.annotations.Nullable;

/** Reads what a version states from its plain JSON. */
record Statements(Dates dates) {
  private static final Set<String> ORDERS =
      Set.of("order", "original-order", "reflex-order", "filler-order", "instance-order");
  private static final Set<String> STATES =
      Set.of("Condition", "Encounter", "AllergyIntolerance", "MedicationStatement");

  /** The patient that a version names; empty if none, or if it is a deletion. */
  static String patient(Version version) {
    JsonNode json = version.json();
    if (json == null) {
      return "";
    }
    if (version.type().equals("Patient")) {
      return version.id();
    }
    String subject = json.path("subject").path("reference").asText();
    return subject.startsWith("Patient/") ? subject.substring(8) : "";
  }

  /** When what a version states was true; empty if it is undated and so says nothing of a time. */
  record When(Instant from, Instant visible, @Nullable Instant until, boolean isDated) {}

  Optional<When> when(Version version) {
    JsonNode json = version.json();
    if (json == null) {
      return Optional.empty();
    }
    return switch (version.type()) {
      case "Observation" -> measured(json, "effective").or(() -> at(json.path("issued")));
      case "Condition" ->
          state(json.path("onsetDateTime"), json.path("abatementDateTime"))
              .or(() -> at(json.path("recordedDate")))
              .or(() -> undated(version));
      case "MedicationRequest" -> at(json.path("authoredOn")).or(() -> undated(version));
      case "MedicationStatement" ->
          period(json, "effective")
              .or(() -> at(json.path("dateAsserted")))
              .or(() -> undated(version));
      case "Procedure" -> period(json, "performed").or(() -> undated(version));
      case "Encounter" ->
          state(json.path("period").path("start"), json.path("period").path("end"))
              .or(() -> undated(version));
      default -> Optional.empty();
    };
  }

  /**
   * What stands in a condition's, order's or encounter's record without a date is true as known.
   */
  private static Optional<When> undated(Version version) {
    return Optional.of(new When(version.stored(), version.stored(), null, false));
  }

  private Optional<When> at(JsonNode date) {
    return dates.interval(date).map(i -> new When(i.start(), i.end(), null, true));
  }

  /** A measurement over a period counts from the period's end. */
  private Optional<When> measured(JsonNode json, String element) {
    JsonNode period = json.path(element + "Period");
    if (period.isMissingNode()) {
      return at(json.path(element + "DateTime"));
    }
    return state(period.path("start"), period.path("end"))
        .map(w -> new When(w.from, later(w.visible, w.until), null, true));
  }

  private Optional<When> period(JsonNode json, String element) {
    JsonNode period = json.path(element + "Period");
    JsonNode date = json.path(element + "DateTime");
    // A state given as one date begins and ends with it.
    return period.isMissingNode()
        ? state(date, date)
        : state(period.path("start"), period.path("end"));
  }

  private Optional<When> state(JsonNode start, JsonNode end) {
    Optional<Interval> begin = dates.interval(start);
    Optional<Interval> finish = dates.interval(end);
    if (begin.isEmpty()) {
      return finish.map(f -> new When(f.start(), f.end(), f.end(), true));
    }
    return Optional.of(
        new When(
            begin.get().start(), begin.get().end(), finish.map(Interval::end).orElse(null), true));
  }

  private static Instant later(Instant a, @Nullable Instant b) {
    return b != null && b.isAfter(a) ? b : a;
  }

  /** The date on which somebody asserted it; a load of history is assumed to be known from then. */
  Optional<Instant> asserted(Version version) {
    JsonNode json = version.json();
    if (json == null) {
      return Optional.empty();
    }
    String element =
        switch (version.type()) {
          case "Observation" -> "issued";
          case "Condition" -> "recordedDate";
          case "MedicationRequest" -> "authoredOn";
          case "MedicationStatement" -> "dateAsserted";
          default -> "none";
        };
    return dates.interval(json.path(element)).map(Interval::end);
  }

  /** Whether a version came with a declared load of history. */
  static boolean isHistory(Version version) {
    JsonNode json = version.json();
    if (json != null) {
      for (JsonNode tag : json.path("meta").path("tag")) {
        if (tag.path("system").asText().equals("https://auscult.org/fhir/CodeSystem/load")
            && tag.path("code").asText().equals("history")) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * How long after it took effect a load of history is assumed to have been known, where nobody
   * says when it was asserted; empty if a tag is no such time, and then nothing is assumed.
   */
  static Optional<Duration> lag(Version version) {
    Duration longest = Duration.ZERO;
    JsonNode json = version.json() == null ? MissingNode.getInstance() : version.json();
    for (JsonNode tag : json.path("meta").path("tag")) {
      if (tag.path("system").asText().equals("https://auscult.org/fhir/load-lag")) {
        String code = tag.path("code").asText();
        if (!code.startsWith("P")) {
          return Optional.empty();
        }
        Duration lag = Duration.parse(code);
        longest = lag.compareTo(longest) > 0 ? lag : longest;
      }
    }
    return Optional.of(longest);
  }

  /** What a version states, a Patient's own elements aside. */
  List<Stated> of(Version version, Instant known) {
    JsonNode json = version.json();
    Optional<When> when = when(version);
    if (json == null || when.isEmpty() || patient(version).isEmpty()) {
      return List.of();
    }
    List<Stated> all = new ArrayList<>();
    add(all, version, 0, codes(version.type(), json), json, when.get(), known);
    int part = 1;
    for (JsonNode component : json.path("component")) {
      add(all, version, part++, codings(component.path("code")), component, when.get(), known);
    }
    return all;
  }

  private static void add(
      List<Stated> all,
      Version version,
      int part,
      Set<String> codes,
      JsonNode value,
      When when,
      Instant known) {
    if (!codes.isEmpty()) {
      all.add(
          new Stated(
              version,
              part,
              codes,
              value,
              when.from,
              when.visible,
              when.until,
              when.isDated,
              STATES.contains(version.type()),
              status(version),
              known));
    }
  }

  private static Set<String> codes(String type, JsonNode json) {
    return switch (type) {
      case "MedicationRequest", "MedicationStatement" ->
          codings(json.path("medicationCodeableConcept"));
      case "Encounter" -> {
        Set<String> codes = new LinkedHashSet<>();
        json.path("type").forEach(t -> codes.addAll(codings(t)));
        if (json.path("class").has("code")) {
          codes.add(token(json.path("class")));
        }
        yield codes;
      }
      default -> codings(json.path("code"));
    };
  }

  static Set<String> codings(JsonNode concept) {
    Set<String> codes = new LinkedHashSet<>();
    concept.path("coding").forEach(c -> codes.add(token(c)));
    return codes;
  }

  private static String token(JsonNode coding) {
    return coding.path("system").asText() + "|" + coding.path("code").asText();
  }

  private static String status(Version version) {
    JsonNode json = version.json() == null ? MissingNode.getInstance() : version.json();
    switch (version.type()) {
      case "Condition" -> {
        String verified = firstCode(json.path("verificationStatus"));
        return verified.equals("entered-in-error") || verified.equals("refuted")
            ? verified
            : firstCode(json.path("clinicalStatus"));
      }
      case "MedicationRequest" -> {
        String status = json.path("status").asText();
        if (status.equals("entered-in-error")) {
          return status;
        }
        if (json.path("doNotPerform").asBoolean()) {
          return "do-not-perform";
        }
        return ORDERS.contains(json.path("intent").asText()) ? status : "not-an-order";
      }
      default -> {
        return json.path("status").asText();
      }
    }
  }

  private static String firstCode(JsonNode concept) {
    return concept.path("coding").path(0).path("code").asText();
  }
}
