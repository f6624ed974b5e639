package org.auscult.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.auscult.feature.Asked.missing;
import static org.auscult.feature.Asked.present;
import static org.auscult.feature.Asked.pressures;
import static org.auscult.timeline.FactBuilder.fact;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.auscult.feature.FeatureValue.Missing;
import org.auscult.feature.FeatureValue.Present;
import org.auscult.timeline.AsOf;
import org.auscult.timeline.Code;
import org.auscult.timeline.EffectiveTime;
import org.auscult.timeline.EffectiveTime.Precision;
import org.auscult.timeline.Fact;
import org.auscult.timeline.FactBuilder;
import org.auscult.timeline.KnownTime;
import org.auscult.timeline.PatientTimeline;
import org.auscult.timeline.ResourceKind;
import org.auscult.unit.CodeUnits;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where windows begin and end, to the second, and whether what lies at an end counts. */
class WindowsTest {
  private static final String CLASSES = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
  private static final Code INPATIENT = new Code(CLASSES, "IMP");
  private static final Code EMERGENCY = new Code(CLASSES, "EMER");
  private static final Lookback DAY = new Lookback(1, Lookback.Unit.DAY);
  private static final Lookback HOUR = new Lookback(1, Lookback.Unit.HOUR);

  private static Fact at(String instant) {
    return fact().id(instant).at(instant).number("120", "mm[Hg]").build();
  }

  private static FeatureDefinition count(Window window) {
    return pressures("count", Operator.COUNT, "1").withWindow(window);
  }

  private static double counted(Window window, String... instants) {
    return present(
            count(window), List.of(instants).stream().map(WindowsTest::at).toArray(Fact[]::new))
        .value();
  }

  @ParameterizedTest
  @CsvSource({
    "false, true, 2024-05-31T12:00:00Z, 0",
    "true, true, 2024-05-31T12:00:00Z, 1",
    "false, true, 2024-05-31T12:00:01Z, 1",
    "true, true, 2024-05-31T11:59:59Z, 0",
    "false, true, 2024-06-01T11:00:00Z, 1",
    "false, false, 2024-06-01T11:00:00Z, 0",
    "false, false, 2024-06-01T10:59:59Z, 1",
    "false, true, 2024-06-01T11:00:01Z, 0"
  })
  void itsEndsCountAsItSays(boolean start, boolean end, String instant, double expected) {
    Window window = new Window(new Window.Before(DAY), start, HOUR, end);
    assertThat(counted(window, instant)).isEqualTo(expected);
  }

  @Test
  void withoutAGapItEndsWithTheIndexTime() {
    assertThat(counted(Window.of(DAY), "2024-06-01T12:00:00Z")).isEqualTo(1);
    assertThat(
            counted(new Window(new Window.Before(DAY), false, null, false), "2024-06-01T12:00:00Z"))
        .isZero();
  }

  @Test
  void saysOnWhichSideTheLastOneLies() {
    FeatureDefinition latest = pressures("latest", Operator.LATEST, "mm[Hg]");
    Window window = new Window(new Window.Before(DAY), false, HOUR, true);
    Missing before = (Missing) Asked.value(latest.withWindow(window), at("2024-05-01T00:00:00Z"));
    Missing after = (Missing) Asked.value(latest.withWindow(window), at("2024-06-01T11:30:00Z"));
    assertThat(before.reason()).isEqualTo(MissingReason.OUTSIDE_WINDOW);
    assertThat(before.detail()).endsWith("before the window");
    assertThat(after.reason()).isEqualTo(MissingReason.OUTSIDE_WINDOW);
    assertThat(after.detail()).endsWith("after the window");
  }

  /** The index time is a Saturday, 1 June. */
  @ParameterizedTest
  @CsvSource({
    "DAY, 2024-06-01T00:00:00Z, 2024-05-31T23:59:59Z",
    "WEEK, 2024-05-27T00:00:00Z, 2024-05-26T23:59:59Z",
    "MONTH, 2024-06-01T00:00:00Z, 2024-05-31T23:59:59Z",
    "YEAR, 2024-01-01T00:00:00Z, 2023-12-31T23:59:59Z"
  })
  void aCalendarsUnitBeginsWithItsFirstSecond(
      Window.Calendar calendar, String first, String before) {
    Window window = Window.since(new Window.CalendarStart(calendar));
    assertThat(counted(window, first, before)).isEqualTo(1);
  }

  @Test
  void aDayBeginsInTheSitesZone() {
    Window today = Window.since(new Window.CalendarStart(Window.Calendar.DAY));
    FeatureVector vector =
        new FeatureEvaluator(CodeUnits.standard(), ZoneId.of("America/New_York"))
            .evaluate(
                new ResolvedFeatureSet(
                    "https://example.org/set",
                    "1",
                    "set",
                    List.of(ResolvedFeature.of(count(today)))),
                new PatientTimeline(
                        "p",
                        1,
                        List.of(at("2024-06-01T03:59:59Z"), at("2024-06-01T04:00:00Z")),
                        Asked.ALL)
                    .asOf(AsOf.current(Asked.NOON)));
    assertThat(((Present) vector.value("count").orElseThrow()).value()).isEqualTo(1);
  }

  @Test
  void itBeginsWithTheOpenEncounterThatBeganLast() {
    Window window = Window.since(new Window.EncounterStart(Set.of(INPATIENT, EMERGENCY)));
    Fact emergency = stay("a", EMERGENCY, "2024-05-30T00:00:00Z", null, "in-progress");
    Fact inpatient = stay("b", INPATIENT, "2024-05-31T00:00:00Z", null, "in-progress");
    Fact first = at("2024-05-30T00:00:00Z");
    Fact second = at("2024-05-31T00:00:00Z");

    assertThat(present(count(window), emergency, first, second).value()).isEqualTo(2);
    assertThat(present(count(window), emergency, inpatient, first, second).value()).isEqualTo(1);
    Window ofEmergency = Window.since(new Window.EncounterStart(Set.of(EMERGENCY)));
    assertThat(present(count(ofEmergency), emergency, inpatient, first, second).value())
        .isEqualTo(2);
  }

  @Test
  void anEncounterIsOpenUntilItsEnd() {
    Window window = Window.since(new Window.EncounterStart(Set.of(INPATIENT)));
    String begun = "2024-05-30T00:00:00Z";
    Fact measured = at("2024-05-31T00:00:00Z");
    Fact endsLater = stay("a", INPATIENT, begun, "2024-06-02T00:00:00Z", "finished");
    Fact ended = stay("b", INPATIENT, begun, "2024-06-01T12:00:00Z", "finished");
    Fact endedSometime = stay("c", INPATIENT, begun, null, "finished");
    Fact planned = stay("d", INPATIENT, begun, null, "planned");

    assertThat(present(count(window), endsLater, measured).value()).isEqualTo(1);
    for (Fact closed : List.of(ended, endedSometime, planned)) {
      assertThat(missing(count(window), closed, measured)).isEqualTo(MissingReason.DEPENDENCY);
    }
    assertThat(missing(count(window), measured)).isEqualTo(MissingReason.DEPENDENCY);
    Fact undated =
        stayOf("e", INPATIENT)
            .status("in-progress")
            .effective(new EffectiveTime(Asked.NOON, Asked.NOON, null, Precision.UNDATED))
            .build();
    assertThat(missing(count(window), undated, measured)).isEqualTo(MissingReason.DEPENDENCY);
  }

  /** What came by two roads counts in its highest version: the caller's older one is not open. */
  @Test
  void anEncounterThatWasClosedIsNotOpenedByItsOlderVersion() {
    Window window = Window.since(new Window.EncounterStart(Set.of(INPATIENT)));
    Fact open = stay("a", INPATIENT, "2024-05-30T00:00:00Z", null, "in-progress");
    Fact closed =
        stayOf("a", INPATIENT)
            .version(2)
            .status("finished")
            .effective(period("2024-05-30T00:00:00Z", "2024-05-31T00:00:00Z"))
            .build();
    assertThat(missing(count(window), open, closed)).isEqualTo(MissingReason.DEPENDENCY);
  }

  @Test
  void itBeginsAtTheTimeOfAnotherFeature() {
    Code surgery = Code.snomed("387713003");
    FeatureDefinition operation =
        Asked.of(
            "operation", Operator.EXISTS, "1", ResourceKind.PROCEDURE, Arguments.NONE, surgery);
    FeatureDefinition since = count(Window.since(new Window.SinceFeature("operation")));
    Fact operated =
        fact()
            .kind(ResourceKind.PROCEDURE)
            .id("op")
            .codes(surgery)
            .status("completed")
            .at("2024-05-30T09:00:00Z")
            .build();
    Fact before = at("2024-05-30T08:59:59Z");
    Fact atOnce = at("2024-05-30T09:00:00Z");

    assertThat(((Present) Asked.value(since, List.of(operation), operated, before, atOnce)).value())
        .isEqualTo(1);
    assertThat(((Missing) Asked.value(since, List.of(operation), before)).reason())
        .as("a feature that is 0 has no time")
        .isEqualTo(MissingReason.DEPENDENCY);
    FeatureDefinition ended =
        count(new Window(new Window.SinceFeature("operation"), true, DAY, true));
    Fact today =
        fact()
            .kind(ResourceKind.PROCEDURE)
            .codes(surgery)
            .status("completed")
            .at("2024-06-01T09:00:00Z")
            .build();
    assertThat(((Missing) Asked.value(ended, List.of(operation), today)).detail())
        .isEqualTo("the window ends before it begins");
  }

  /** [from, until) and a window that begins at its end have nothing in common. */
  @Test
  void aStateLiesInTheWindowsInWhichItHeld() {
    Code asthma = Code.snomed("195967001");
    Fact ended =
        fact()
            .kind(ResourceKind.CONDITION)
            .codes(asthma)
            .status("active")
            .effective(period("2024-05-01T00:00:00Z", "2024-05-31T12:00:00Z"))
            .build();
    FeatureDefinition exists =
        Asked.of("e", Operator.EXISTS, "1", ResourceKind.CONDITION, Arguments.NONE, asthma);
    for (boolean inclusive : List.of(true, false)) {
      Window day = new Window(new Window.Before(DAY), inclusive, null, true);
      assertThat(present(exists.withWindow(day), ended).value()).isZero();
    }
    Window longer = Window.of(new Lookback(25, Lookback.Unit.HOUR));
    assertThat(present(exists.withWindow(longer), ended).value()).isEqualTo(1);
  }

  /**
   * What SQL has to read: the encounters of windows and filters, and inputs of derived features.
   */
  @Test
  void theSetSaysWhatItNeeds() {
    FeatureDefinition inStay = count(Window.since(new Window.EncounterStart(Set.of(INPATIENT))));
    FeatureDefinition filtered =
        Asked.with(
            "filtered",
            Operator.LATEST,
            "mm[Hg]",
            new Selection(
                ResourceKind.OBSERVATION,
                List.of(Code.loinc("8462-4")),
                null,
                Set.of(),
                new Filter(Set.of(), Set.of(), Set.of(EMERGENCY), List.of()),
                false),
            Arguments.NONE);
    ResolvedFeatureSet set =
        new ResolvedFeatureSet(
            "https://example.org/set",
            "1",
            "set",
            List.of(
                Asked.derived("sum", "1", "count + number(filtered, 'mm[Hg]')", inStay, filtered)));

    assertThat(codes(set, ResourceKind.ENCOUNTER)).containsExactlyInAnyOrder(INPATIENT, EMERGENCY);
    assertThat(codes(set, ResourceKind.OBSERVATION))
        .containsExactlyInAnyOrder(Asked.SYSTOLIC, Code.loinc("8462-4"));
    assertThat(PrefetchTemplates.from(List.of(set)))
        .extracting(PrefetchTemplate::key)
        .containsExactly("patient", "observation", "encounter");
  }

  private static List<Code> codes(ResolvedFeatureSet set, ResourceKind kind) {
    return set.needs().stream()
        .filter(need -> need.kind() == kind)
        .flatMap(need -> need.codes().stream())
        .toList();
  }

  private static Fact stay(
      String id, Code encounterClass, String from, @Nullable String until, String status) {
    return stayOf(id, encounterClass).status(status).effective(period(from, until)).build();
  }

  private static FactBuilder stayOf(String id, Code encounterClass) {
    return fact()
        .kind(ResourceKind.ENCOUNTER)
        .id(id)
        .codes(encounterClass)
        .known(KnownTime.recorded(FactBuilder.DAY_1));
  }

  private static EffectiveTime period(String from, @Nullable String until) {
    Instant start = Instant.parse(from);
    return new EffectiveTime(
        start, start, until == null ? null : Instant.parse(until), Precision.INSTANT);
  }
}
