package org.auscult.monitoring.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.auscult.monitoring.performance.ReportWindow.Kind;
import org.junit.jupiter.api.Test;

class ReportWindowTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @Test
  void monthsFollowEachOtherInTheSitesZone() {
    List<ReportWindow> months =
        ReportWindow.between(
            Kind.MONTH,
            Instant.parse("2024-02-29T23:30:00Z"),
            Instant.parse("2024-04-30T23:30:00Z"),
            BERLIN);
    assertThat(months)
        .extracting(ReportWindow::start)
        .containsExactly(
            Instant.parse("2024-02-29T23:00:00Z"),
            Instant.parse("2024-03-31T22:00:00Z"),
            Instant.parse("2024-04-30T22:00:00Z"));
    assertThat(months.get(0).end()).isEqualTo(months.get(1).start());
  }

  @Test
  void weeksBeginOnMondays() {
    List<ReportWindow> weeks =
        ReportWindow.between(
            Kind.WEEK,
            Instant.parse("2024-03-31T22:30:00Z"),
            Instant.parse("2024-04-08T08:00:00Z"),
            BERLIN);
    assertThat(weeks)
        .extracting(ReportWindow::start)
        .containsExactly(
            Instant.parse("2024-03-31T22:00:00Z"), Instant.parse("2024-04-07T22:00:00Z"));
    // The clock went forward on the last day of the week before.
    ReportWindow before = ReportWindow.endingWith(Kind.WEEK, LocalDate.parse("2024-03-31"), BERLIN);
    assertThat(before.start()).isEqualTo("2024-03-24T23:00:00Z");
    assertThat(before.end()).isEqualTo("2024-03-31T22:00:00Z");
  }

  @Test
  void quartersEndWithEachMonth() {
    ReportWindow quarter =
        ReportWindow.endingWith(Kind.QUARTER, LocalDate.parse("2024-01-31"), ZoneOffset.UTC);
    assertThat(quarter.start()).isEqualTo("2023-11-01T00:00:00Z");
    assertThat(quarter.end()).isEqualTo("2024-02-01T00:00:00Z");
    assertThat(
            ReportWindow.between(
                Kind.QUARTER,
                Instant.parse("2024-01-15T00:00:00Z"),
                Instant.parse("2024-02-01T00:00:00Z"),
                ZoneOffset.UTC))
        .extracting(ReportWindow::start)
        .containsExactly(
            Instant.parse("2023-11-01T00:00:00Z"), Instant.parse("2023-12-01T00:00:00Z"));
  }

  @Test
  void aWindowHoldsSomeTime() {
    Instant now = Instant.parse("2024-01-01T00:00:00Z");
    assertThatThrownBy(() -> new ReportWindow(Kind.MONTH, now, now))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(Kind.of("quarter")).contains(Kind.QUARTER);
    assertThat(Kind.of("year")).isEmpty();
    assertThat(Kind.MONTH.code()).isEqualTo("month");
  }
}
