package org.auscult.monitoring.performance;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * A stretch of time over which predictions are held against their outcomes, by the times at which
 * they were made.
 *
 * @param start inclusive
 * @param end exclusive
 */
public record ReportWindow(Kind kind, Instant start, Instant end) {
  /** How windows follow each other. */
  public enum Kind {
    /** Calendar weeks from Monday on, one after the other. */
    WEEK(Period.ofWeeks(1), Period.ofWeeks(1)),
    /** Calendar months, one after the other. */
    MONTH(Period.ofMonths(1), Period.ofMonths(1)),
    /** Three calendar months that end with each month: they overlap. */
    QUARTER(Period.ofMonths(1), Period.ofMonths(3));

    private final Period step;
    private final Period length;

    Kind(Period step, Period length) {
      this.step = step;
      this.length = length;
    }

    /** The first day of the step in which a day lies. */
    private LocalDate first(LocalDate day) {
      return this == WEEK
          ? day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))
          : day.withDayOfMonth(1);
    }

    /** As reports spell it: {@code month}. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The one with this code. */
    public static Optional<Kind> of(String code) {
      return Arrays.stream(values()).filter(kind -> kind.code().equals(code)).findFirst();
    }
  }

  public ReportWindow {
    Objects.requireNonNull(kind);
    if (!start.isBefore(end)) {
      throw new IllegalArgumentException("A window ends after it begins");
    }
  }

  /** The window of a kind that ends with the week, or the month, of a day. */
  public static ReportWindow endingWith(Kind kind, LocalDate day, ZoneId zone) {
    LocalDate next = kind.first(day).plus(kind.step);
    return new ReportWindow(
        kind,
        next.minus(kind.length).atStartOfDay(zone).toInstant(),
        next.atStartOfDay(zone).toInstant());
  }

  /**
   * Those that hold a time between two, in order; the last one may still be open.
   *
   * @param first a time of the first window
   * @param last a time of the last one
   */
  public static List<ReportWindow> between(Kind kind, Instant first, Instant last, ZoneId zone) {
    List<ReportWindow> windows = new ArrayList<>();
    LocalDate day = kind.first(first.atZone(zone).toLocalDate());
    LocalDate end = last.atZone(zone).toLocalDate();
    for (; !day.isAfter(end); day = day.plus(kind.step)) {
      windows.add(endingWith(kind, day, zone));
    }
    return windows;
  }
}
