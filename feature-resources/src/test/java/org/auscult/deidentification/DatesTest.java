package org.auscult.deidentification;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Safety: 33. */
class DatesTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);
  private static final Person LIVING = Person.of(null, TODAY, 0);

  private final Dates safeHarbor = new Dates(Profile.SAFE_HARBOR);
  private final Dates limited = new Dates(Profile.LIMITED);
  private final Dates expert = new Dates(Profile.EXPERT);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2024",
        "2024-05",
        "2024-05-17",
        "2024-05-17T08:09:10Z",
        "2024-12-31T23:59:59.9-08:00"
      })
  void safeHarborLeavesTheYear(String date) {
    assertThat(safeHarbor.date(date, LIVING)).contains("2024");
    assertThat(safeHarbor.instant(date, LIVING)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-21, 1936-11-22, 1936",
    "2026-11-21, 1936-11-21, 1936",
    "2026-11-21, 1936-01-01, 1936",
    "2026-11-21, 1935-12-31, 1936",
    "2026-11-21, 1920, 1936",
    "2026-11-21, 1937-01-01, 1937"
  })
  void ageNinetyAndOverIsOneYearOfBirth(LocalDate today, String birth, String year) {
    assertThat(safeHarbor.date(birth, Person.of(null, today, 0))).contains(year);
  }

  @Test
  void theDeadAreReckonedAtTheirDeath() {
    assertThat(safeHarbor.date("1918-03-01", Person.of("2010-05-05", TODAY, 0))).contains("1920");
    assertThat(safeHarbor.date("1921-03-01", Person.of("2010-05-05", TODAY, 0))).contains("1921");
    assertThat(safeHarbor.date("1918", Person.of("no date", TODAY, 0))).contains("1936");
    assertThat(safeHarbor.date("1990", Person.of("9999", TODAY, 0))).contains("1990");
  }

  @Test
  void limitedDataSetsKeepDates() {
    assertThat(limited.date("2024-05-17", null)).contains("2024-05-17");
    assertThat(limited.date("1920-01-02", LIVING)).contains("1920-01-02");
    assertThat(limited.instant("2024-05-17T08:09:10.123+02:00", null))
        .contains("2024-05-17T08:09:10.123+02:00");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "today",
        "20240517",
        "2024-13-01",
        "2024-02-30",
        "2024-05-17T08:09",
        "17.05.2024",
        "2024-05-17 call 617-555-0142",
        "2024-05-17T08:09:10.617555014Z x"
      })
  void whatIsNoDatePassesNowhere(String text) {
    for (Dates dates : new Dates[] {safeHarbor, limited, expert}) {
      assertThat(dates.date(text, LIVING)).isEmpty();
    }
  }

  @Test
  void noNumberHidesInAFractionOfASecond() {
    assertThat(limited.instant("2024-05-17T08:09:10.617555014Z", null))
        .contains("2024-05-17T08:09:10.617Z");
  }

  @Test
  void aDateOfNobodyKnownIsDropped() {
    assertThat(safeHarbor.date("2024-05-17", null)).isEmpty();
    assertThat(expert.date("2024-05-17", null)).isEmpty();
  }

  @Property(tries = 300)
  void shiftingKeepsIntervalsAndTimesOfDay(
      @ForAll @IntRange(min = 0, max = 20_000) int one,
      @ForAll @IntRange(min = 0, max = 20_000) int other,
      @ForAll @IntRange(min = -182, max = 182) int shift) {
    Person person = Person.of(null, TODAY, shift);
    String first = LocalDate.of(1965, 1, 1).plusDays(one) + "T06:07:08Z";
    String second = LocalDate.of(1965, 1, 1).plusDays(other) + "T21:22:23.456Z";

    OffsetDateTime shiftedFirst = shifted(first, person);
    OffsetDateTime shiftedSecond = shifted(second, person);

    assertThat(shiftedFirst).isEqualTo(OffsetDateTime.parse(first).plusDays(shift));
    assertThat(ChronoUnit.MILLIS.between(shiftedFirst, shiftedSecond))
        .isEqualTo(
            ChronoUnit.MILLIS.between(OffsetDateTime.parse(first), OffsetDateTime.parse(second)));
  }

  private OffsetDateTime shifted(String date, @Nullable Person person) {
    return OffsetDateTime.parse(expert.instant(date, person).orElseThrow());
  }

  @Test
  void shiftingPoolsAgesOfNinetyAndOverToAYearThatTellsNoShift() {
    Person living = Person.of(null, TODAY, 100);
    assertThat(expert.date("1936-11-21", living)).contains("1936");
    assertThat(expert.date("1936-11-22", living)).contains("1937-03-02");
    assertThat(expert.instant("1936-11-21T00:00:00Z", living)).isEmpty();
    // Shifted into the next year: the pooled year is 90 before what the copy says.
    Person dead = Person.of("2010-11-01", TODAY, 100);
    assertThat(expert.date("2010-11-01", dead)).contains("2011-02-09");
    assertThat(expert.date("1905", dead)).contains("1921");
  }

  @Test
  void partialDatesStayPartial() {
    Person person = Person.of(null, TODAY, 30);
    assertThat(expert.date("2024-05", person)).contains("2024-06");
    assertThat(expert.date("2024", person)).contains("2024");
  }
}
