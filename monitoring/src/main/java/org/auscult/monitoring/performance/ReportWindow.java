package org.auscult.monitoring.performance;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
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
    /** Calendar months, one after the other. */
    MONTH(1),
    /** Three calendar months that end with each month: they overlap. */
    QUARTER(3);

    private final int months;

    Kind(int months) {
      this.months = months;
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

  /** The window of a kind that ends with a month. */
  public static ReportWindow endingWith(Kind kind, LocalDate day, ZoneId zone) {
    LocalDate next = day.withDayOfMonth(1).plusMonths(1);
    return new ReportWindow(
        kind,
        next.minusMonths(kind.months).atStartOfDay(zone).toInstant(),
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
    LocalDate month = first.atZone(zone).toLocalDate().withDayOfMonth(1);
    LocalDate end = last.atZone(zone).toLocalDate();
    for (; !month.isAfter(end); month = month.plusMonths(1)) {
      windows.add(endingWith(kind, month, zone));
    }
    return windows;
  }
}
