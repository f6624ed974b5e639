package org.auscult.feature;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.auscult.timeline.Code;
import org.auscult.timeline.EncounterElements;
import org.auscult.timeline.ReferenceFlag;
import org.auscult.timeline.ResourceKind;

/** Features of each operator over each kind of window, for random histories. */
final class OracleFeatures {
  /** At whose time others begin. */
  private static final String EVENT = "event";

  private static final Map<String, Window> WINDOWS = windows();

  /** Filters by how a fact came about; each must let something pass. */
  static final Map<String, Filter> HOW = how();

  private OracleFeatures() {}

  static ResolvedFeatureSet set() {
    List<FeatureDefinition> plain = new ArrayList<>();
    plain.add(of(EVENT, Operator.EXISTS, ResourceKind.CONDITION, Arguments.NONE));
    for (Operator operator : Operator.values()) {
      if (operator.readsCodes()
          && operator != Operator.FLAGGED
          && operator != Operator.DEMOGRAPHIC) {
        addEach(plain, operator);
      }
    }
    plain.add(person("age", Operator.AGE, "a", Arguments.NONE));
    plain.add(person("age_at_event", Operator.AGE, "a", Arguments.NONE.withAnchor(EVENT)));
    plain.add(person("sex", Operator.SEX, "1", Arguments.NONE));
    plain.add(race("white", RandomHistory.WHITE));
    plain.add(race("black_or_white", RandomHistory.WHITE, RandomHistory.BLACK));
    addFiltered(plain);
    addFlagged(plain);
    addPlaces(plain);
    addPolicies(plain);
    List<ResolvedFeature> features = new ArrayList<>();
    plain.forEach(d -> features.add(ResolvedFeature.of(d)));
    FeatureDefinition latest = named(plain, "latest_OBSERVATION_6mo");
    FeatureDefinition first = named(plain, "first_OBSERVATION_whole");
    features.add(
        Asked.derived("difference", "mm[Hg]", latest.name() + " - " + first.name(), latest, first));
    features.add(
        Asked.derived(
            "either",
            "mm[Hg]",
            "coalesce(" + latest.name() + ", " + first.name() + ")",
            latest,
            first));
    return new ResolvedFeatureSet("https://example.org/set", "1", "set", features);
  }

  private static FeatureDefinition named(List<FeatureDefinition> all, String name) {
    return all.stream().filter(d -> d.name().equals(name)).findFirst().orElseThrow();
  }

  private static Map<String, Window> windows() {
    Window.Start half = new Window.Before(new Lookback(6, Lookback.Unit.MONTH));
    Lookback month = new Lookback(30, Lookback.Unit.DAY);
    Map<String, Window> windows = new LinkedHashMap<>();
    windows.put("whole", Window.WHOLE_RECORD);
    windows.put("6mo", new Window(half, false, null, true));
    windows.put("90d", Window.of(new Lookback(90, Lookback.Unit.DAY)));
    windows.put("6mo_closed", new Window(half, true, null, true));
    windows.put("6mo_but_30d", new Window(half, true, month, false));
    windows.put("all_but_30d", new Window(new Window.Beginning(), true, month, true));
    windows.put("stay", Window.since(new Window.EncounterStart(Set.of(RandomHistory.INPATIENT))));
    windows.put(
        "any_stay",
        Window.since(
            new Window.EncounterStart(Set.of(RandomHistory.INPATIENT, RandomHistory.EMERGENCY))));
    windows.put("since_event", Window.since(new Window.SinceFeature(EVENT)));
    windows.put("after_event", new Window(new Window.SinceFeature(EVENT), false, month, true));
    for (Window.Calendar calendar : Window.Calendar.values()) {
      windows.put("this_" + calendar, Window.since(new Window.CalendarStart(calendar)));
    }
    return windows;
  }

  private static void addEach(List<FeatureDefinition> all, Operator operator) {
    for (ResourceKind kind :
        List.of(ResourceKind.OBSERVATION, ResourceKind.CONDITION, ResourceKind.ENCOUNTER)) {
      boolean fits =
          operator.isNumeric()
              ? kind == ResourceKind.OBSERVATION
              : !operator.readsStates() || kind != ResourceKind.OBSERVATION;
      if (fits) {
        WINDOWS.forEach(
            (name, window) ->
                arguments(operator, kind)
                    .forEach(
                        (variant, arguments) ->
                            all.add(
                                of(
                                        operator.code().replace('-', '_')
                                            + variant
                                            + "_"
                                            + kind
                                            + "_"
                                            + name,
                                        operator,
                                        kind,
                                        arguments)
                                    .withWindow(window))));
      }
    }
  }

  private static Map<String, Arguments> arguments(Operator operator, ResourceKind kind) {
    Map<String, Arguments> all = new LinkedHashMap<>();
    Arguments none = Arguments.NONE;
    switch (operator) {
      case NTH_LATEST -> all.put("", none.withNth(2));
      case DELTA -> {
        for (Baseline baseline : Baseline.values()) {
          all.put("_" + baseline.code(), none.withBaseline(baseline));
        }
      }
      case PERCENT_CHANGE ->
          all.put("", none.withBaseline(Baseline.PREVIOUS).withValueUnit("mm[Hg]"));
      case TIME_IN_RANGE ->
          all.put("", none.withRange(Range.of("90", "180")).withValueUnit("mm[Hg]"));
      case SLOPE, COEFFICIENT_OF_VARIATION -> all.put("", none.withValueUnit("mm[Hg]"));
      case DISTINCT_COUNT -> {
        all.put("_code", none.withDistinct(Distinct.CODE));
        all.put("_day", none.withDistinct(Distinct.DAY));
        all.put("_encounter", none.withDistinct(Distinct.ENCOUNTER));
        if (kind == ResourceKind.OBSERVATION) {
          all.put("_value", none.withDistinct(Distinct.VALUE).withValueUnit("mm[Hg]"));
        }
      }
      default -> all.put("", none);
    }
    return all;
  }

  private static void addFiltered(List<FeatureDefinition> all) {
    Map<String, Filter> filters = new LinkedHashMap<>(HOW);
    filters.putAll(
        Map.of(
            "laboratory", new Filter(Set.of("laboratory"), Set.of(), Set.of(), List.of()),
            "high", new Filter(Set.of(), Set.of("H", "HH"), Set.of(), List.of()),
            "inpatient", new Filter(Set.of(), Set.of(), Set.of(RandomHistory.INPATIENT), List.of()),
            "sitting", new Filter(Set.of(), Set.of(), Set.of(), List.of("Sitting")),
            "both", new Filter(Set.of("laboratory"), Set.of("H"), Set.of(), List.of())));
    for (Operator operator : List.of(Operator.LATEST, Operator.MEAN, Operator.COUNT)) {
      filters.forEach(
          (name, filter) -> {
            Selection selection =
                new Selection(
                    ResourceKind.OBSERVATION,
                    RandomHistory.codes(ResourceKind.OBSERVATION),
                    null,
                    Set.of(),
                    filter,
                    name.equals("high"));
            FeatureDefinition plain =
                of(operator.code(), operator, ResourceKind.OBSERVATION, Arguments.NONE);
            all.add(
                Asked.with(
                        operator.code() + "_" + name,
                        operator,
                        plain.unit(),
                        selection,
                        Arguments.NONE)
                    .withPlausible(plain.plausible())
                    .withWindow(
                        Objects.requireNonNull(
                            WINDOWS.get(HOW.containsKey(name) ? "whole" : "6mo_closed"))));
          });
    }
  }

  private static Map<String, Filter> how() {
    Filter all = Filter.ALL;
    Set<Code> none = Set.of();
    return Map.of(
        "low", all.withFlags(Set.of(ReferenceFlag.LOW)),
        "abnormal", all.withFlags(Set.of(ReferenceFlag.ABNORMAL)),
        "critical", all.withFlags(Set.of(ReferenceFlag.CRITICAL)),
        "on_ward", all.withLocations(Set.of(RandomHistory.WARD)),
        "in_intensive_care", all.withLocations(Set.of(RandomHistory.INTENSIVE)),
        "by",
            all.withHow(how(Set.of(RandomHistory.NURSE, RandomHistory.MACHINE), none, none, none)),
        "at", all.withHow(how(none, Set.of(RandomHistory.LEFT_ARM), none, none)),
        "so", all.withHow(how(none, none, Set.of(RandomHistory.BY_EAR), none)),
        "with",
            all.withHow(how(Set.of(RandomHistory.NURSE), none, none, Set.of(RandomHistory.CUFF))));
  }

  private static Filter.How how(
      Set<Code> performers, Set<Code> bodySites, Set<Code> methods, Set<Code> devices) {
    return new Filter.How(performers, bodySites, methods, devices);
  }

  private static void addFlagged(List<FeatureDefinition> all) {
    for (ReferenceFlag flag : ReferenceFlag.values()) {
      for (String window : List.of("whole", "6mo", "any_stay")) {
        Selection selection =
            new Selection(
                ResourceKind.OBSERVATION,
                RandomHistory.codes(ResourceKind.OBSERVATION),
                null,
                Set.of(),
                Filter.ALL.withFlags(Set.of(flag)),
                false);
        all.add(
            Asked.with(
                    "flagged_" + flag.code() + "_" + window,
                    Operator.FLAGGED,
                    "1",
                    selection,
                    Arguments.NONE)
                .withWindow(Objects.requireNonNull(WINDOWS.get(window))));
      }
    }
  }

  /** Where the patient is, and for how long. */
  private static void addPlaces(List<FeatureDefinition> all) {
    for (Operator operator :
        List.of(
            Operator.ACTIVE,
            Operator.DURATION,
            Operator.TOTAL_DURATION,
            Operator.COUNT,
            Operator.EXISTS)) {
      for (String window : List.of("whole", "90d", "6mo_but_30d")) {
        for (Code place : List.of(RandomHistory.WARD, EncounterElements.LOCATION)) {
          String unit = operator.code().endsWith("duration") ? "d" : "1";
          all.add(
              Asked.with(
                      operator.code() + "_" + place.code().replace('/', '_') + "_" + window,
                      operator,
                      unit,
                      Selection.of(ResourceKind.ENCOUNTER, List.of(place)),
                      Arguments.NONE)
                  .withWindow(Objects.requireNonNull(WINDOWS.get(window))));
        }
      }
    }
  }

  private static FeatureDefinition race(String name, Code... codes) {
    return Asked.with(
        name,
        Operator.DEMOGRAPHIC,
        "1",
        Selection.of(ResourceKind.PATIENT, List.of(codes)),
        Arguments.NONE.withElement(PatientElement.RACE));
  }

  private static void addPolicies(List<FeatureDefinition> all) {
    MissingPolicy.Default fallback =
        new MissingPolicy.Default(new BigDecimal("119"), "made up for this test");
    Lookback oldest = new Lookback(200, Lookback.Unit.DAY);
    Map<String, MissingPolicy> policies =
        Map.of(
            "default", fallback,
            "carry", new MissingPolicy.CarryForward(oldest, new MissingPolicy.Report()),
            "carry_default", new MissingPolicy.CarryForward(oldest, fallback),
            "refuse", new MissingPolicy.Refuse());
    for (Operator operator : List.of(Operator.LATEST, Operator.MEAN, Operator.TIME_WEIGHTED_MEAN)) {
      for (String window : List.of("90d", "6mo_but_30d", "stay")) {
        policies.forEach(
            (name, policy) ->
                all.add(
                    of(
                            operator.code() + "_" + name + "_" + window,
                            operator,
                            ResourceKind.OBSERVATION,
                            Arguments.NONE)
                        .withWindow(Objects.requireNonNull(WINDOWS.get(window)))
                        .withMissing(policy)));
      }
    }
  }

  private static FeatureDefinition of(
      String name, Operator operator, ResourceKind kind, Arguments arguments) {
    String unit =
        switch (operator) {
          case SLOPE -> "mm[Hg]/d";
          case COEFFICIENT_OF_VARIATION, PERCENT_CHANGE -> "%";
          case TIME_IN_RANGE, COUNT, DISTINCT_COUNT, EXISTS, ACTIVE -> "1";
          case RATE -> "/d";
          case TIME_SINCE, TIME_SINCE_FIRST, DURATION, TOTAL_DURATION -> "d";
          default -> "mm[Hg]";
        };
    return Asked.with(
            name, operator, unit, Selection.of(kind, RandomHistory.codes(kind)), arguments)
        .withPlausible(operator.isNumeric() ? Range.of("70", "250") : null);
  }

  private static FeatureDefinition person(
      String name, Operator operator, String unit, Arguments arguments) {
    return new FeatureDefinition(
        "https://example.org/" + name,
        "1.0.0",
        name,
        name,
        operator,
        null,
        Window.WHOLE_RECORD,
        unit,
        null,
        new MissingPolicy.Report(),
        null,
        arguments);
  }
}
