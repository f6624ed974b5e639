package org.auscult.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.auscult.timeline.FactBuilder.fact;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.auscult.feature.FeatureValue.Missing;
import org.auscult.feature.FeatureValue.Present;
import org.auscult.timeline.AsOf;
import org.auscult.timeline.Code;
import org.auscult.timeline.Comparator;
import org.auscult.timeline.Demographics;
import org.auscult.timeline.EffectiveTime;
import org.auscult.timeline.EffectiveTime.Precision;
import org.auscult.timeline.Epochs;
import org.auscult.timeline.Fact;
import org.auscult.timeline.FactBuilder;
import org.auscult.timeline.FactValue;
import org.auscult.timeline.KnownTime;
import org.auscult.timeline.PatientTimeline;
import org.auscult.timeline.Quantity;
import org.auscult.timeline.ResourceKind;
import org.auscult.unit.CodeUnits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random histories with corrections, late arrivals and errors: fast equals slow, everywhere.
 *
 * <p>Safety: 4, 5, 8.
 */
class FeatureOracleTest {
  private static final Instant START = Instant.parse("2023-01-01T00:00:00Z");
  private static final int DAYS = 900;
  private static final Code SYSTOLIC = Code.loinc("8480-6");
  private static final Code ALSO_SYSTOLIC = Code.loinc("8459-0");
  private static final Code DIABETES = Code.snomed("44054006");

  private final ResolvedFeatureSet set = set();
  private final FeatureEvaluator evaluator =
      new FeatureEvaluator(CodeUnits.standard(), ZoneOffset.UTC);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void equalsTheNaiveEvaluatorOnRandomHistories(long seed) {
    Random random = new Random(seed);
    Map<String, Integer> outcomes = new HashMap<>();
    for (int history = 0; history < 40; history++) {
      List<Fact> rows = history(random);
      long epochs = rows.stream().mapToLong(f -> f.epochs().from()).max().orElse(0);
      for (int question = 0; question < 20; question++) {
        compare(rows, asOf(random, epochs), random.nextInt(4) > 0, outcomes);
      }
    }
    assertThat(outcomes)
        .as("histories that never bring a case about test nothing")
        .containsKeys(
            "value",
            "?not-recorded",
            "?search-incomplete",
            "?outside-window",
            "?unit",
            "?implausible",
            "?comparator",
            "?status",
            "?unrecognised-value",
            "?data-absent");
  }

  @Test
  void nothingKnownOrEffectiveLaterChangesTheVector() {
    Random random = new Random(99);
    for (int i = 0; i < 300; i++) {
      List<Fact> rows = history(random);
      Instant at = START.plus(random.nextInt(DAYS), ChronoUnit.DAYS);
      List<Fact> pastOnly = new ArrayList<>();
      for (Fact row : rows) {
        Instant until = row.known().until();
        if (!row.known().from().isAfter(at) && !row.effective().visibleFrom().isAfter(at)) {
          boolean closedLater = until != null && until.isAfter(at);
          pastOnly.add(
              closedLater
                  ? row.withKnown(
                      new KnownTime(row.known().from(), null, row.known().basis()),
                      new Epochs(row.epochs().from(), null))
                  : row);
        }
      }
      assertThat(vector(rows, AsOf.instant(at))).isEqualTo(vector(pastOnly, AsOf.instant(at)));
    }
  }

  @Test
  void theOrderOfTheRowsDoesNotMatter() {
    Random random = new Random(5);
    for (int i = 0; i < 200; i++) {
      List<Fact> rows = history(random);
      List<Fact> shuffled = new ArrayList<>(rows);
      java.util.Collections.shuffle(shuffled, random);
      AsOf asOf = AsOf.instant(START.plus(random.nextInt(DAYS), ChronoUnit.DAYS));
      assertThat(vector(shuffled, asOf)).isEqualTo(vector(rows, asOf));
    }
  }

  private List<FeatureVector.Entry> vector(List<Fact> rows, AsOf asOf) {
    return evaluator.evaluate(set, timeline(rows, true).asOf(asOf)).entries();
  }

  private void compare(
      List<Fact> rows, AsOf asOf, boolean complete, Map<String, Integer> outcomes) {
    FeatureVector vector = evaluator.evaluate(set, timeline(rows, complete).asOf(asOf));
    for (ResolvedFeature feature : set.features()) {
      FeatureDefinition definition = feature.definition();
      String expected = NaiveEvaluator.evaluate(definition, rows, asOf, complete);
      FeatureValue value = vector.value(definition.name()).orElseThrow();
      String as = definition.name() + " " + asOf;
      outcomes.merge(expected.startsWith("?") ? expected : "value", 1, Integer::sum);
      if (value instanceof Missing missing) {
        assertThat("?" + missing.reason().code()).as(as).isEqualTo(expected);
      } else {
        assertThat(expected).as(as).doesNotStartWith("?");
        assertThat(((Present) value).value())
            .as(as)
            .isCloseTo(Double.parseDouble(expected), within(1e-9));
      }
    }
  }

  private static PatientTimeline timeline(List<Fact> rows, boolean complete) {
    return new PatientTimeline(
        "p", 1, rows, complete ? Set.of(ResourceKind.values()) : Set.<ResourceKind>of());
  }

  private static AsOf asOf(Random random, long epochs) {
    Instant at = START.plus(random.nextInt(DAYS * 24), ChronoUnit.HOURS);
    return switch (random.nextInt(4)) {
      case 0 -> AsOf.current(at);
      case 1 -> AsOf.epoch(at, random.nextInt((int) epochs + 2));
      case 2 ->
          new AsOf(
              at, new AsOf.Known.ByClock(START.plus(random.nextInt(DAYS * 24), ChronoUnit.HOURS)));
      default -> AsOf.instant(at);
    };
  }

  /** Up to nine resources with up to four versions each. */
  private static List<Fact> history(Random random) {
    List<Fact> rows = new ArrayList<>();
    long epoch = 0;
    for (int resource = random.nextInt(10); resource > 0; resource--) {
      boolean isCondition = random.nextInt(4) == 0;
      String id = String.valueOf((char) ('a' + resource));
      Instant effective = START.plus(random.nextInt(DAYS / 30) * 30L, ChronoUnit.DAYS);
      Instant stored = effective.plus(random.nextInt(50), ChronoUnit.HOURS);
      int versions = 1 + random.nextInt(4);
      for (int version = 1; version <= versions; version++) {
        epoch++;
        Instant next = stored.plus(1 + random.nextInt(4000), ChronoUnit.HOURS);
        boolean isLast = version == versions;
        FactBuilder builder =
            fact()
                .id(id)
                .version(version)
                .known(new KnownTime(stored, isLast ? null : next, KnownTime.Basis.RECORDED))
                .epochs(epoch, isLast ? null : epoch + 1);
        rows.add(
            isCondition
                ? condition(builder, random, effective)
                : observation(builder, random, effective));
        stored = next;
      }
    }
    demographics(rows, random);
    return rows;
  }

  private static Fact observation(FactBuilder builder, Random random, Instant effective) {
    boolean isDate = random.nextInt(4) == 0;
    List<Code> codes = new ArrayList<>(List.of(SYSTOLIC, ALSO_SYSTOLIC));
    if (random.nextBoolean()) {
      codes.remove(random.nextInt(2));
    }
    FactBuilder dated =
        builder
            .codes(codes.toArray(Code[]::new))
            .status(
                pick(
                    random,
                    "final",
                    "final",
                    "final",
                    "amended",
                    "corrected",
                    "preliminary",
                    "entered-in-error",
                    "cancelled"))
            .effective(
                isDate
                    ? new EffectiveTime(
                        effective, effective.plus(1, ChronoUnit.DAYS), null, Precision.DAY)
                    : EffectiveTime.at(effective))
            .value(value(random));
    return dated.build();
  }

  private static FactValue value(Random random) {
    String number = String.valueOf(60 + random.nextInt(240));
    Comparator comparator = random.nextInt(5) == 0 ? Comparator.GREATER : Comparator.NONE;
    return switch (random.nextInt(10)) {
      case 0 -> new FactValue.Absent("unknown");
      case 1 -> new FactValue.Text("high");
      case 2 -> new FactValue.Measured(null, Quantity.of(number, "kg"), Comparator.NONE);
      case 3 -> new FactValue.None();
      default -> {
        Quantity quantity = Quantity.of(number, "mm[Hg]");
        yield new FactValue.Measured(quantity, quantity, comparator);
      }
    };
  }

  private static Fact condition(FactBuilder builder, Random random, Instant effective) {
    boolean ends = random.nextBoolean();
    Instant until = ends ? effective.plus(random.nextInt(500), ChronoUnit.DAYS) : null;
    return builder
        .kind(ResourceKind.CONDITION)
        .codes(DIABETES)
        .status(ends ? "resolved" : pick(random, "active", "", "refuted", "entered-in-error"))
        .effective(new EffectiveTime(effective, effective, until, Precision.INSTANT))
        .build();
  }

  private static void demographics(List<Fact> rows, Random random) {
    FactBuilder patient =
        fact().kind(ResourceKind.PATIENT).id("p").status("").known("2023-06-01T00:00:00Z");
    patient.effective(EffectiveTime.at(Instant.parse("1800-01-01T00:00:00Z")));
    if (random.nextInt(5) > 0) {
      String birth = Instant.EPOCH.plus(random.nextInt(20_000), ChronoUnit.DAYS).toString();
      rows.add(
          patient
              .slot(1000)
              .codes(Demographics.BIRTH_DATE)
              .value(new FactValue.Dated(birth.substring(0, 10)))
              .build());
    }
    Code gender = new Code("g", pick(random, "female", "male", "other"));
    rows.add(
        patient
            .slot(1001)
            .codes(Demographics.GENDER)
            .value(new FactValue.Coded(List.of(gender), null))
            .build());
  }

  private static String pick(Random random, String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private static ResolvedFeatureSet set() {
    List<ResolvedFeature> features = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Operator operator : NaiveEvaluator.KNOWN) {
      for (Lookback lookback :
          new Lookback[] {
            null, new Lookback(6, Lookback.Unit.MONTH), new Lookback(90, Lookback.Unit.DAY)
          }) {
        for (ResourceKind kind : List.of(ResourceKind.OBSERVATION, ResourceKind.CONDITION)) {
          boolean fits =
              !(operator.isNumeric() && kind == ResourceKind.CONDITION)
                  && (operator.readsCodes()
                      || (lookback == null && kind == ResourceKind.CONDITION));
          String name = operator.code() + "_" + kind + "_" + lookback;
          if (fits && names.add(name)) {
            features.add(feature(name, operator, kind, lookback));
          }
        }
      }
    }
    return new ResolvedFeatureSet("https://example.org/set", "1", "set", features);
  }

  private static ResolvedFeature feature(
      String name,
      Operator operator,
      ResourceKind kind,
      @org.jspecify.annotations.Nullable Lookback lookback) {
    String unit =
        switch (operator) {
          case LATEST, FIRST, MIN, MAX, MEAN -> "mm[Hg]";
          case TIME_SINCE -> "d";
          case AGE -> "a";
          default -> "1";
        };
    return ResolvedFeature.of(
        new FeatureDefinition(
            "https://example.org/" + name,
            "1",
            name,
            name,
            operator,
            operator.readsCodes()
                ? Selection.of(
                    kind,
                    kind == ResourceKind.OBSERVATION
                        ? List.of(SYSTOLIC, ALSO_SYSTOLIC)
                        : List.of(DIABETES))
                : null,
            lookback == null ? Window.WHOLE_RECORD : Window.of(lookback),
            unit,
            operator.isNumeric() ? Range.of("70", "250") : null,
            new MissingPolicy.Report(),
            null,
            Arguments.NONE));
  }
}
