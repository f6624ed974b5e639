package org.auscult.server.training;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.auscult.training.IndexRule;
import org.auscult.training.Stay;
import org.jspecify.annotations.Nullable;

/** Reads when the rows of a data set are made. */
final class IndexRuleReader {
  private static final int MOST_TIMES = 100_000;

  private final GivenParameters given;

  IndexRuleReader(GivenParameters given) {
    this.given = given;
  }

  /** Refuses what was given: there are no rows. */
  void none() {
    if (given.has("index")) {
      given.refuse("index", "is for rows, and MEDS has none", "Add a format of rows.");
    }
  }

  /** The rule; null if something about it is wrong, which is among the problems then. */
  @Nullable IndexRule read() {
    String rule = given.one("index").orElse("");
    Set<String> classes = new HashSet<>(given.all("class"));
    Set<String> inpatient = classes.isEmpty() ? Stay.INPATIENT : classes;
    Duration offset = given.duration("offset", "PT0S");
    Set<String> needs =
        switch (rule) {
          case "admission", "visit", "discharge" -> Set.of("class", "offset");
          case "stay" -> Set.of("class", "offset", "step");
          case "grid" -> Set.of("start", "end", "step");
          case "list" -> Set.of("time");
          default -> {
            given.refuse(
                "index",
                rule.isEmpty() ? "is missing" : "'" + rule + "' is no rule",
                "Give one of admission, visit, discharge, stay, grid, list.");
            yield Set.of("class", "offset", "step", "start", "end", "time");
          }
        };
    for (String name : List.of("class", "offset", "step", "start", "end", "time")) {
      if (given.has(name) && !needs.contains(name)) {
        given.refuse(name, "does not go with index " + rule, "Leave it out.");
      }
    }
    int before = given.problems().size();
    if (needs.contains("offset")) {
      given.or("offset", "PT0S");
    }
    IndexRule found =
        switch (rule) {
          case "admission" -> new IndexRule.Begin(inpatient, offset);
          case "visit" -> new IndexRule.Begin(classes, offset);
          case "discharge" -> new IndexRule.End(inpatient, offset);
          case "stay" -> stay(inpatient, offset);
          case "grid" -> grid();
          case "list" -> listed();
          default -> null;
        };
    return given.problems().size() > before ? null : found;
  }

  private @Nullable IndexRule stay(Set<String> classes, Duration offset) {
    Duration step = step();
    return step == null ? null : new IndexRule.During(classes, offset, step);
  }

  private @Nullable IndexRule grid() {
    Duration step = step();
    Optional<Instant> from = given.required("start");
    Optional<Instant> to = given.required("end");
    if (step == null || from.isEmpty() || to.isEmpty()) {
      return null;
    }
    try {
      return new IndexRule.Grid(from.get(), to.get(), step);
    } catch (IllegalArgumentException e) {
      given.refuse("start", String.valueOf(e.getMessage()), "Give another start, end or step.");
      return null;
    }
  }

  private @Nullable Duration step() {
    Duration step = given.duration("step", "");
    if (step.compareTo(Duration.ofMinutes(1)) < 0) {
      given.refuse("step", "is missing, or shorter than a minute", "Give a duration such as PT1H.");
      return null;
    }
    return step;
  }

  /** {@code 2024-05-03T10:00:00Z} for everybody, {@code Patient/1@…} for one. */
  private @Nullable IndexRule listed() {
    List<String> times = given.all("time");
    if (times.isEmpty() || times.size() > MOST_TIMES) {
      given.refuse("time", "takes 1 to 100,000 times", "List them, or take another rule.");
      return null;
    }
    Set<Instant> everybody = new HashSet<>();
    Map<String, Set<Instant>> each = new HashMap<>();
    for (String text : times) {
      int at = text.indexOf('@');
      if (at < 0) {
        given.instant("time", text).ifPresent(everybody::add);
      } else if (text.substring(0, at).matches("Patient/[A-Za-z0-9.-]{1,64}")) {
        String patient = text.substring("Patient/".length(), at);
        given
            .instant("time", text.substring(at + 1))
            .ifPresent(time -> each.computeIfAbsent(patient, p -> new HashSet<>()).add(time));
      } else {
        given.refuse("time", "'" + text + "' names no patient", "Give it as Patient/1@2024-05-03.");
      }
    }
    return new IndexRule.Listed(everybody, each);
  }
}
