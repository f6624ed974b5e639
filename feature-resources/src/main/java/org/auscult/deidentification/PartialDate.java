package org.auscult.deidentification;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A FHIR date, dateTime or instant.
 *
 * @param first the first day that it may mean
 * @param time as written, from the T on; empty where none is given
 */
record PartialDate(LocalDate first, Precision precision, String time) {
  private static final Pattern FORM =
      Pattern.compile(
          "(\\d{4})(?:-(\\d{2})(?:-(\\d{2})"
              + "(?:T(\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,9})?)?)(Z|[+-]\\d{2}:\\d{2}))?)?)?");
  private static final int MILLIS = 1_000_000;

  enum Precision {
    YEAR,
    MONTH,
    DAY,
    TIME
  }

  /** Empty for what is no date, or no day of any calendar. */
  static Optional<PartialDate> parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    try {
      int year = Integer.parseInt(parts.group(1));
      if (parts.group(2) == null) {
        return Optional.of(new PartialDate(LocalDate.of(year, 1, 1), Precision.YEAR, ""));
      }
      int month = Integer.parseInt(parts.group(2));
      if (parts.group(3) == null) {
        return Optional.of(new PartialDate(LocalDate.of(year, month, 1), Precision.MONTH, ""));
      }
      LocalDate day = LocalDate.of(year, month, Integer.parseInt(parts.group(3)));
      if (parts.group(4) == null) {
        return Optional.of(new PartialDate(day, Precision.DAY, ""));
      }
      String time = "T" + time(parts.group(4)) + ZoneOffset.of(parts.group(5));
      return Optional.of(new PartialDate(day, Precision.TIME, time));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Cut to milliseconds: what is finer measures nothing, and could carry a number. */
  private static String time(String text) {
    LocalTime time = LocalTime.parse(text);
    LocalTime millis = time.withNano(time.getNano() / MILLIS * MILLIS);
    return millis.getNano() == 0
        ? "%02d:%02d:%02d".formatted(time.getHour(), time.getMinute(), time.getSecond())
        : "%02d:%02d:%02d.%03d"
            .formatted(
                time.getHour(), time.getMinute(), time.getSecond(), millis.getNano() / MILLIS);
  }

  /** The last day that it may mean. */
  LocalDate last() {
    return switch (precision) {
      case YEAR -> LocalDate.of(first.getYear(), 12, 31);
      case MONTH -> YearMonth.from(first).atEndOfMonth();
      case DAY, TIME -> first;
    };
  }

  /**
   * So many days later; as precise as before. Of a year or month its middle is moved, so that such
   * dates err to neither side.
   */
  PartialDate plusDays(int days) {
    LocalDate from =
        switch (precision) {
          case YEAR -> LocalDate.of(first.getYear(), 7, 2);
          case MONTH -> first.withDayOfMonth(15);
          case DAY, TIME -> first;
        };
    return new PartialDate(from.plusDays(days), precision, time);
  }

  @Override
  public String toString() {
    return switch (precision) {
      case YEAR -> "%04d".formatted(first.getYear());
      case MONTH -> "%04d-%02d".formatted(first.getYear(), first.getMonthValue());
      case DAY, TIME -> first + time;
    };
  }
}
