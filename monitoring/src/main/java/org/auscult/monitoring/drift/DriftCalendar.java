package org.auscult.monitoring.drift;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Optional;
import org.auscult.monitoring.performance.ReportWindow;

/**
 * Which stretches of time are held against each other.
 *
 * @param weeks of a reference, at least 1
 * @param zone whose days, weeks and months count
 */
public record DriftCalendar(int weeks, ZoneId zone) {
  /** A reference has so many patients, or more weeks. */
  public static final int LEAST_PATIENTS = 100;

  private static final List<ReportWindow.Kind> KINDS =
      List.of(ReportWindow.Kind.WEEK, ReportWindow.Kind.MONTH);

  public DriftCalendar {
    if (weeks < 1) {
      throw new IllegalArgumentException("A reference has a week at least, not " + weeks);
    }
  }

  /**
   * A stretch of time.
   *
   * @param start inclusive
   * @param end exclusive
   */
  public record Stretch(Instant start, Instant end) {}

  /** Tells how many patients were predicted for. */
  @FunctionalInterface
  public interface PatientCount {
    /** In a stretch of time: inclusive, exclusive. */
    long between(Instant start, Instant end);
  }

  /**
   * The reference that a model's windows are held against by default: the first full weeks of its
   * service, or as many more as it takes until they have patients enough.
   *
   * @param first when the model spoke first
   * @return empty if they are not over yet
   */
  public Optional<Stretch> reference(Instant first, Instant now, PatientCount patients) {
    LocalDate monday =
        first.atZone(zone).toLocalDate().with(TemporalAdjusters.nextOrSame(DayOfWeek.MONDAY));
    Instant start = monday.atStartOfDay(zone).toInstant();
    LocalDate until = monday.plusWeeks(weeks);
    Instant end = until.atStartOfDay(zone).toInstant();
    while (!end.isAfter(now) && patients.between(start, end) < LEAST_PATIENTS) {
      until = until.plusWeeks(1);
      end = until.atStartOfDay(zone).toInstant();
    }
    return end.isAfter(now) ? Optional.empty() : Optional.of(new Stretch(start, end));
  }

  /** The windows that are over, and lie behind a reference: weeks, then months. */
  public static List<ReportWindow> windows(Instant referenceEnd, Instant now, ZoneId zone) {
    return KINDS.stream()
        .flatMap(kind -> ReportWindow.between(kind, referenceEnd, now, zone).stream())
        .filter(window -> !window.start().isBefore(referenceEnd))
        .filter(window -> !window.end().isAfter(now))
        .toList();
  }
}
