package org.auscult.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.auscult.timeline.FactBuilder.fact;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.auscult.timeline.EffectiveTime.Precision;
import org.auscult.timeline.FactContext.Author;
import org.auscult.timeline.KnownTime.Basis;
import org.auscult.timeline.TimelineQuery.Need;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every {@link TimelineReader} does. Instants are whole milliseconds here: a store need not
 * keep finer ones.
 */
public abstract class TimelineReaderContract {
  private static final Code SYSTOLIC = Code.loinc("8480-6");
  private static final Code DIASTOLIC = Code.loinc("8462-4");
  private static final Instant NOON = Instant.parse("2024-03-01T12:00:00Z");

  /** The reader, over a store that holds only what {@link #given} put in during this test. */
  protected abstract TimelineReader reader();

  /** Puts a patient in an epoch into the store, with rows exactly as they stand. */
  protected abstract void given(String patient, long epoch, List<Fact> rows);

  @Test
  void knowsNoUnknownPatient() {
    given("p", 1, List.of());
    assertThat(reader().read(query("somebody-else", AsOf.current(NOON), null))).isEmpty();
  }

  @Test
  void givesAnEmptyTimelineWithItsEpochForAPatientWithoutFacts() {
    given("p", 7, List.of());
    PatientTimeline timeline = read(AsOf.current(NOON), null);
    assertThat(timeline.facts()).isEmpty();
    assertThat(timeline.epoch()).isEqualTo(7);
    assertThat(timeline.patient()).isEqualTo("p");
  }

  @Test
  void searchesCompletelyForWhatIsAsked() {
    given("p", 1, List.of());
    PatientSnapshot snapshot = read(AsOf.current(NOON), null).asOf(AsOf.current(NOON));
    assertThat(snapshot.isComplete(ResourceKind.OBSERVATION)).isTrue();
    assertThat(snapshot.isComplete(ResourceKind.PROCEDURE)).isFalse();
  }

  @Test
  void keepsPatientsApart() {
    given("p", 1, List.of(fact().patient("p").id("1").build()));
    given("q", 1, List.of(fact().patient("q").id("2").build()));
    assertThat(seen(AsOf.current(NOON))).extracting(f -> f.source().id()).containsExactly("1");
  }

  @Test
  void givesOnlyTheKindAndCodesThatAreAsked() {
    Fact asked = fact().id("1").build();
    Fact otherCode = fact().id("2").codes(Code.loinc("2160-0")).build();
    Fact otherSystem = fact().id("3").codes(Code.of("urn:other", "8480-6")).build();
    Fact otherKind = fact().id("4").kind(ResourceKind.PROCEDURE).build();
    given("p", 1, List.of(asked, otherCode, otherSystem, otherKind));
    assertThat(read(AsOf.current(NOON), null).facts()).containsExactly(asked);
  }

  @Test
  void givesAFactOfSeveralCodingsOnceWithAllOfThem() {
    Fact both = fact().codes(SYSTOLIC, DIASTOLIC, Code.snomed("271649006")).build();
    given("p", 1, List.of(both));
    assertThat(read(AsOf.current(NOON), null).facts()).containsExactly(both);
  }

  @Test
  void givesComponentsOfOneResourceAsFactsOfTheirOwn() {
    Fact systolic = fact().slot(1).codes(SYSTOLIC).number("120", "mm[Hg]").build();
    Fact diastolic = fact().slot(2).codes(DIASTOLIC).number("80", "mm[Hg]").build();
    given("p", 1, List.of(systolic, diastolic));
    assertThat(read(AsOf.current(NOON), null).facts())
        .containsExactlyInAnyOrder(systolic, diastolic);
  }

  static List<FactValue> values() {
    Quantity mgdl = Quantity.of("1.10", "mg/dL");
    return List.of(
        new FactValue.None(),
        new FactValue.Measured(mgdl, mgdl, Comparator.NONE),
        new FactValue.Measured(mgdl, Quantity.of("97.2", "umol/L"), Comparator.NONE),
        new FactValue.Measured(null, Quantity.of("3", "furlongs"), Comparator.NONE),
        new FactValue.Measured(
            Quantity.of("60", "mL/min/{1.73_m2}"),
            Quantity.of("60", "mL/min/1.73m2"),
            Comparator.GREATER),
        new FactValue.Measured(null, Quantity.of("0.000012345678901234567", ""), Comparator.LESS),
        new FactValue.Coded(List.of(Code.snomed("266919005"), Code.loinc("LA1")), "Never smoker"),
        new FactValue.Coded(List.of(), null),
        new FactValue.Text("größer; 'quoted' \"doubly\"\nand on"),
        new FactValue.Truth(true),
        new FactValue.Truth(false),
        new FactValue.Dated("1950-03"),
        new FactValue.Absent("unknown"));
  }

  @ParameterizedTest
  @MethodSource("values")
  void givesEveryKindOfValueBackAsItWas(FactValue value) {
    Fact fact = fact().value(value).build();
    given("p", 1, List.of(fact));
    assertThat(read(AsOf.current(NOON), null).facts()).containsExactly(fact);
  }

  @Test
  void givesTimesContextAndSourceBackAsTheyWere() {
    Fact full =
        fact()
            .version(12)
            .display(null)
            .effective(
                new EffectiveTime(
                    Instant.parse("2023-01-01T00:00:00Z"),
                    Instant.parse("2024-01-01T00:00:00Z"),
                    Instant.parse("2024-02-03T04:05:06.789Z"),
                    Precision.YEAR))
            .known(new KnownTime(Instant.parse("2024-01-02T03:04:05.006Z"), null, Basis.ASSUMED))
            .context(
                new FactContext(
                    "amended",
                    "laboratory",
                    "enc-1",
                    "site-1",
                    "HH",
                    Author.MODEL,
                    ReferenceFlag.CRITICAL_HIGH,
                    Circumstances.NONE))
            .build();
    given("p", 1, List.of(full));
    assertThat(read(AsOf.current(NOON), null).facts()).containsExactly(full);
  }

  @Test
  void givesCircumstancesBackWhereTheyAreAskedFor() {
    Circumstances full =
        new Circumstances(
            List.of(new Code(References.SYSTEM, "Practitioner/1"), Code.of("urn:staff", "k 7")),
            List.of(Code.snomed("368209003")),
            List.of(),
            List.of(Code.of("", "cuff")));
    Fact one = done("1", full);
    Fact same = done("2", full);
    Fact other =
        done("3", new Circumstances(List.of(), full.bodySites(), full.bodySites(), List.of()));
    Fact none = done("4", Circumstances.NONE);
    given("p", 1, List.of(one, same, other, none));
    Need need = new Need(ResourceKind.OBSERVATION, Set.of(SYSTOLIC), null, 2, true);
    PatientTimeline read =
        reader().read(new TimelineQuery("p", AsOf.current(NOON), List.of(need))).orElseThrow();
    assertThat(read.facts()).containsExactlyInAnyOrder(one, same, other, none);
    assertThat(read.complete()).containsExactly(ResourceKind.OBSERVATION);
  }

  private static Fact done(String id, Circumstances circumstances) {
    return fact().id(id).context(FactContext.of("final").withCircumstances(circumstances)).build();
  }

  @Test
  void seesByClockWhatWasKnownThen() {
    Fact first = version(1, "2024-02-01T00:00:00Z", "2024-02-10T00:00:00Z", 1, 2L);
    Fact second = version(2, "2024-02-10T00:00:00Z", null, 2, null);
    given("p", 2, List.of(first, second));
    assertThat(seen(clock("2024-01-31T23:59:59.999Z"))).isEmpty();
    assertThat(seen(clock("2024-02-01T00:00:00Z"))).containsExactly(first);
    assertThat(seen(clock("2024-02-09T23:59:59.999Z"))).containsExactly(first);
    assertThat(seen(clock("2024-02-10T00:00:00Z"))).containsExactly(second);
  }

  @Test
  void seesByEpochWhatStoodThenWhateverTheClocksSay() {
    Fact first = version(1, "2024-02-10T00:00:00Z", "2024-02-10T00:00:00Z", 4, 6L);
    Fact second = version(2, "2024-02-10T00:00:00Z", null, 6, null);
    given("p", 9, List.of(first, second));
    assertThat(seen(AsOf.epoch(NOON, 3))).isEmpty();
    assertThat(seen(AsOf.epoch(NOON, 4))).containsExactly(first);
    assertThat(seen(AsOf.epoch(NOON, 5))).containsExactly(first);
    assertThat(seen(AsOf.epoch(NOON, 6))).containsExactly(second);
    assertThat(seen(AsOf.epoch(NOON, 9))).containsExactly(second);
  }

  @Test
  void seesNowOnlyWhatNothingHasClosed() {
    Fact first = version(1, "2024-02-01T00:00:00Z", "2024-02-10T00:00:00Z", 1, 2L);
    Fact second = version(2, "2024-02-10T00:00:00Z", null, 2, null);
    given("p", 2, List.of(first, second));
    assertThat(seen(AsOf.current(NOON))).containsExactly(second);
  }

  @Test
  void hidesWhatIsEffectiveLater() {
    Fact now = fact().id("now").effective(EffectiveTime.at(NOON)).build();
    Fact later = fact().id("later").effective(EffectiveTime.at(NOON.plusMillis(1))).build();
    given("p", 1, List.of(now, later));
    assertThat(seen(AsOf.current(NOON))).containsExactly(now);
  }

  @Test
  void mayLeaveOutWhatEndedButNeverWhatStillStoodInTheWindow() {
    Instant since = Instant.parse("2024-02-01T00:00:00Z");
    Instant before = Instant.parse("2020-01-01T00:00:00Z");
    Fact open = state("open", before, null);
    Fact endedInside = state("ended-inside", before, since.plusSeconds(1));
    Fact begunInside = fact().id("begun-inside").effective(EffectiveTime.at(since)).build();
    given("p", 1, List.of(open, endedInside, begunInside));
    assertThat(read(AsOf.current(NOON), since).facts())
        .containsExactlyInAnyOrder(open, endedInside, begunInside);
  }

  private static Fact state(String id, Instant from, @Nullable Instant until) {
    return fact().id(id).effective(new EffectiveTime(from, from, until, Precision.INSTANT)).build();
  }

  private static Fact version(
      long version,
      String knownFrom,
      @Nullable String knownUntil,
      long epochFrom,
      @Nullable Long epochUntil) {
    return fact()
        .version(version)
        .number("12" + version, "mm[Hg]")
        .known(
            new KnownTime(
                Instant.parse(knownFrom),
                knownUntil == null ? null : Instant.parse(knownUntil),
                Basis.RECORDED))
        .epochs(epochFrom, epochUntil)
        .build();
  }

  private static AsOf clock(String known) {
    return new AsOf(NOON, new AsOf.Known.ByClock(Instant.parse(known)));
  }

  private List<Fact> seen(AsOf asOf) {
    return read(asOf, null)
        .asOf(asOf)
        .facts(ResourceKind.OBSERVATION, Arrays.asList(SYSTOLIC, DIASTOLIC));
  }

  private PatientTimeline read(AsOf asOf, @Nullable Instant since) {
    return reader().read(query("p", asOf, since)).orElseThrow();
  }

  private static TimelineQuery query(String patient, AsOf asOf, @Nullable Instant since) {
    return new TimelineQuery(
        patient,
        asOf,
        List.of(new Need(ResourceKind.OBSERVATION, Set.of(SYSTOLIC, DIASTOLIC), since)));
  }
}
