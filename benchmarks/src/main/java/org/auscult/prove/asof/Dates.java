package org.auscult.prove.asof;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Optional;

/** FHIR's dates as intervals: a partial one is all the days that it may mean, at the site. */
record Dates(ZoneId zone) {
  /** From the first instant that a date allows to the end of the last one. */
  record Interval(Instant start, Instant end) {}

  Optional<Interval> interval(JsonNode date) {
    String text = date.asText();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (text.indexOf('T') > 0) {
      Instant instant = OffsetDateTime.parse(text).toInstant();
      return Optional.of(new Interval(instant, instant));
    }
    return Optional.of(new Interval(begin(firstDay(text)), begin(dayAfter(text))));
  }

  static LocalDate firstDay(String date) {
    return switch (date.length()) {
      case 4 -> Year.parse(date).atDay(1);
      case 7 -> YearMonth.parse(date).atDay(1);
      default -> LocalDate.parse(date);
    };
  }

  static LocalDate dayAfter(String date) {
    return switch (date.length()) {
      case 4 -> firstDay(date).plusYears(1);
      case 7 -> firstDay(date).plusMonths(1);
      default -> firstDay(date).plusDays(1);
    };
  }

  private Instant begin(LocalDate day) {
    return day.atStartOfDay(zone).toInstant();
  }
}
