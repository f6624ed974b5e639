package org.auscult.monitoring.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.auscult.monitoring.drift.DriftCalendar.Stretch;
import org.auscult.monitoring.performance.ReportWindow;
import org.junit.jupiter.api.Test;

/** Which windows there are; 6 January 2025 is a Monday. */
class DriftCalendarTest {
  private static final Instant FIRST = Instant.parse("2025-01-01T10:00:00Z");
  private static final Instant MONDAY = Instant.parse("2025-01-06T00:00:00Z");
  private static final Instant FOUR_WEEKS = Instant.parse("2025-02-03T00:00:00Z");
  private static final DriftCalendar CALENDAR = new DriftCalendar(4, ZoneOffset.UTC);

  @Test
  void theReferenceIsTheFirstFullWeeks() {
    assertThat(CALENDAR.reference(FIRST, FOUR_WEEKS, (start, end) -> 100))
        .contains(new Stretch(MONDAY, FOUR_WEEKS));
    assertThat(CALENDAR.reference(FIRST, FOUR_WEEKS.minusMillis(1), (start, end) -> 100)).isEmpty();
    assertThat(CALENDAR.reference(MONDAY, FOUR_WEEKS, (start, end) -> 100))
        .contains(new Stretch(MONDAY, FOUR_WEEKS));
  }

  @Test
  void itGoesOnUntilThereArePatientsEnough() {
    Instant now = Instant.parse("2025-03-01T00:00:00Z");
    Instant sixWeeks = Instant.parse("2025-02-17T00:00:00Z");
    assertThat(CALENDAR.reference(FIRST, now, (start, end) -> end.isBefore(sixWeeks) ? 99 : 100))
        .contains(new Stretch(MONDAY, sixWeeks));
    assertThat(CALENDAR.reference(FIRST, now, (start, end) -> 99)).isEmpty();
  }

  @Test
  void weeksBeginInTheZone() {
    DriftCalendar denver = new DriftCalendar(1, ZoneId.of("America/Denver"));
    assertThat(denver.reference(FIRST, FOUR_WEEKS, (start, end) -> 100))
        .contains(
            new Stretch(
                Instant.parse("2025-01-06T07:00:00Z"), Instant.parse("2025-01-13T07:00:00Z")));
  }

  @Test
  void windowsAreOverAndLieBehindTheReference() {
    Instant now = Instant.parse("2025-04-02T00:00:00Z");
    assertThat(DriftCalendar.windows(FOUR_WEEKS, now, ZoneOffset.UTC))
        .filteredOn(window -> window.kind() == ReportWindow.Kind.MONTH)
        .extracting(ReportWindow::start)
        .containsExactly(Instant.parse("2025-03-01T00:00:00Z"));
    assertThat(DriftCalendar.windows(FOUR_WEEKS, now, ZoneOffset.UTC))
        .filteredOn(window -> window.kind() == ReportWindow.Kind.WEEK)
        .hasSize(8)
        .allMatch(window -> !window.start().isBefore(FOUR_WEEKS) && !window.end().isAfter(now));
  }

  @Test
  void aReferenceHasAWeek() {
    assertThatThrownBy(() -> new DriftCalendar(0, ZoneOffset.UTC))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
